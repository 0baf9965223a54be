import { microsoft365 } from '../../src/node.ts'
import type { Tenant } from './tenant.ts'
import { tokenCacheOf } from './token-cache.ts'

/** Nobody: for commands that ask no service. It can sign out, which needs none. */
export const dormantTenant = (store: string): Tenant => ({
  source: microsoft365({
    clientId: '',
    tokenFile: tokenCacheOf(store),
    openBrowser: () => Promise.resolve(false),
  }),
  tenant: null,
  signsIn: 'person',
  adminConsentLink: undefined,
  options: [],
  close: () => Promise.resolve(),
})
