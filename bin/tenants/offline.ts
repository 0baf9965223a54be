import { microsoft365 } from '../../src/node.ts'
import { forgetSandbox } from '../sandbox-memory.ts'
import type { Tenant } from './tenant.ts'
import { tokenCacheOf } from './token-cache.ts'

/** Nobody: for commands that ask no service. It can sign out, which needs none. `options` stand for somebody. */
export const offlineTenant = (store: string, options: readonly string[] = []): Tenant => {
  const source = microsoft365({
    clientId: '',
    tokenFile: tokenCacheOf(store),
    openBrowser: () => Promise.resolve(false),
  })
  const signOut = async () => {
    await source.signIn.signOut()
    await forgetSandbox(store)
  }
  return {
    source: { ...source, signIn: { ...source.signIn, signOut } },
    tenant: null,
    signsIn: 'person',
    adminConsentLink: undefined,
    options,
    close: () => Promise.resolve(),
  }
}
