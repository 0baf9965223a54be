import { graphContacts } from '../../src/adapters/microsoft365/graph-contacts.ts'
import { microsoftSignIn } from '../../src/adapters/microsoft365/sign-in.node.ts'
import type { Tenant } from './tenant.ts'
import { tokenCacheOf } from './token-cache.ts'

/** Nobody: for commands that ask no service. It can sign out, which needs none. */
export const dormantTenant = (store: string): Tenant => {
  const signIn = microsoftSignIn({
    clientId: '',
    tokenFile: tokenCacheOf(store),
    openBrowser: () => Promise.resolve(false),
  })
  const contacts = graphContacts({ graphUrl: 'https://graph.microsoft.com', tokens: signIn })
  return {
    source: { source: 'microsoft365', signIn, contacts },
    tenant: null,
    signsIn: 'person',
    adminConsentLink: undefined,
    options: [],
    close: () => Promise.resolve(),
  }
}
