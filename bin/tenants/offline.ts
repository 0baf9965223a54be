import { tokenKeyOf } from '../../src/adapters/keys/vault-of-file.ts'
import { graphContactSource } from '../../src/adapters/microsoft365/graph-sources.ts'
import { microsoftSignIn } from '../../src/adapters/microsoft365/sign-in/microsoft-sign-in.node.ts'
import { sqliteLocks } from '../../src/adapters/stores/sqlite/run-locks.ts'
import { forgetSandbox } from '../sandbox/memory.ts'
import type { Tenant } from './tenant.ts'
import { tokenCacheOf } from './token-cache.ts'

/**
 * Replaces a tenant in commands that call no service. It has no client id: signing out only removes the tokens and needs
 * none.
 *
 * @param options the options that the next steps name in place of the missing ones
 * @param keyRing false for contacts of the sandbox, whose keys are in files
 */
export const offlineTenant = (
  store: string,
  { options = [], keyRing = true }: { readonly options?: readonly string[]; readonly keyRing?: boolean } = {},
): Tenant => {
  const tokenFile = tokenCacheOf(store)
  const signIn = microsoftSignIn({
    clientId: '',
    tokenFile,
    ...tokenKeyOf(tokenFile),
    tokenLocks: sqliteLocks(tokenFile),
    openBrowser: () => Promise.resolve(false),
  })
  const signOut = async (isWanted?: () => Promise<boolean>) => {
    await signIn.signOut(isWanted)
    if (isWanted === undefined) await forgetSandbox(store)
  }
  return {
    source: {
      source: 'microsoft365',
      signIn: { ...signIn, signOut },
      contacts: graphContactSource({ graphUrl: 'https://graph.microsoft.com', tokens: signIn }),
    },
    tenant: null,
    keyRing,
    signsIn: 'person',
    adminConsentLink: undefined,
    options,
    close: () => Promise.resolve(),
  }
}
