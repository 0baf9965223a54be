import { tokenKeyOf } from '../../src/adapters/keys/vault-of-file.ts'
import { graphContactSource } from '../../src/adapters/microsoft365/graph-sources.ts'
import { microsoftSignIn } from '../../src/adapters/microsoft365/sign-in/microsoft-sign-in.node.ts'
import { sqliteLocks } from '../../src/adapters/stores/sqlite/run-locks.ts'
import { forgetSandbox } from '../sandbox/memory.ts'
import { type GoogleTenant, recalledGoogle } from './google.ts'
import { forgetGoogleClient } from './google-client-file.ts'
import type { Tenant } from './tenant.ts'
import { tokenCacheOf } from './token-cache.ts'

/**
 * Replaces a tenant in commands that call no service. It has no client id: signing out only removes the tokens and needs
 * none.
 *
 * @param options the options that the next steps name in place of the missing ones
 * @param keyRing false for contacts of the sandbox, whose keys are in files
 */
export const offlineTenant = async (
  store: string,
  {
    options = [],
    keyRing = true,
    google,
  }: {
    readonly options?: readonly string[]
    readonly keyRing?: boolean
    /** Default: with the client of an earlier command. */
    readonly google?: GoogleTenant
  } = {},
): Promise<Tenant> => {
  const { source: ofGoogle, isKnown } = google ?? (await recalledGoogle(store))
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
  const signOutOfGoogle = async (isWanted?: () => Promise<boolean>) => {
    await ofGoogle.signIn.signOut(isWanted)
    if (isWanted === undefined) await forgetGoogleClient(store)
  }
  return {
    google: { isKnown, source: { ...ofGoogle, signIn: { ...ofGoogle.signIn, signOut: signOutOfGoogle } } },
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
