import { graphContactSource } from '../../src/adapters/microsoft365/mailbox/graph-contact-source.ts'
import { microsoftSignIn } from '../../src/adapters/microsoft365/sign-in/microsoft-sign-in.node.ts'
import { systemKeyStore } from '../../src/adapters/system/system-key-store.ts'
import { forgetSandbox } from '../sandbox/memory.ts'
import type { Tenant } from './tenant.ts'
import { tokenCacheOf } from './token-cache.ts'

/**
 * Replaces a tenant in commands that call no service. It has no client id, because signing out needs none: that only
 * removes the tokens. `options` stand for the missing ones in the next steps that are shown.
 */
export const offlineTenant = (store: string, options: readonly string[] = []): Tenant => {
  const signIn = microsoftSignIn({
    clientId: '',
    tokenFile: tokenCacheOf(store),
    keyStore: systemKeyStore,
    openBrowser: () => Promise.resolve(false),
  })
  const signOut = async () => {
    await signIn.signOut()
    await forgetSandbox(store)
  }
  return {
    source: {
      source: 'microsoft365',
      signIn: { ...signIn, signOut },
      contacts: graphContactSource({ graphUrl: 'https://graph.microsoft.com', tokens: signIn }),
    },
    tenant: null,
    signsIn: 'person',
    adminConsentLink: undefined,
    options,
    close: () => Promise.resolve(),
  }
}
