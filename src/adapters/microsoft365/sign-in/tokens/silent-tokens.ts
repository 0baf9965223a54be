import type {
  AccountInfo,
  AuthenticationResult,
  PublicClientApplication,
  SilentFlowRequest,
} from '@azure/msal-node'
import { ImportFailure } from '../../../../domain/failures.ts'
import type { AccessTokenRequest } from '../../../../ports/access-token.ts'
import type { NetworkEvents } from '../../../http/connection/network-wait.ts'
import type { MsalClients } from '../entra/msal-client.ts'
import { PATIENCE_BEFORE_CONSENT } from '../../../sign-in/persistence.ts'
import { throwingOutages } from '../entra/outages/throwing-outages.ts'
import type { TokenCache } from '../../../sign-in/tokens/token-cache.ts'
import { tokenRequests } from '../../../sign-in/tokens/token-requests.ts'

export interface SilentTokensOptions {
  readonly clients: MsalClients
  readonly cache: TokenCache
  readonly scopes: readonly string[]
  /** For one call, in ms. */
  readonly timeLimit: number
  /** Ends pauses between tries early. */
  readonly network?: NetworkEvents | null
}

interface Opened {
  readonly msal: PublicClientApplication
  readonly account: AccountInfo
  /** The content of the cache when it was read. */
  readonly text: string
}

type Demand = Pick<SilentFlowRequest, 'forceRefresh' | 'claims'>

/** Gets tokens silently, from the cache or with its refresh token. */
export const silentTokens = (options: SilentTokensOptions) => {
  const { clients, cache, scopes, timeLimit, network = null } = options
  // One at a time: each job loads the cache into MSAL's memory, which they share.
  const requests = tokenRequests({ timeLimit, network })
  let client: Promise<PublicClientApplication> | null = null

  const theClient = (): Promise<PublicClientApplication> =>
    (client ??= clients({ timeLimit, network: throwingOutages }).catch((error: unknown) => {
      client = null
      throw error
    }))

  /** Loads only the current content of the cache into MSAL: another process may have signed out or in meanwhile. */
  const opened = async (): Promise<Opened | null> => {
    const text = await cache.read()
    if (text === null) return null
    const msal = await theClient()
    msal.clearCache()
    try {
      msal.getTokenCache().deserialize(text)
    } catch {
      return null
    }
    const [account] = await msal.getTokenCache().getAllAccounts()
    return account === undefined ? null : { msal, account, text }
  }

  const silently = async (request: Demand): Promise<AuthenticationResult> => {
    const found = await opened()
    if (found === null) throw new ImportFailure('sign-in-expired')
    const { msal, account, text } = found
    const result = await msal.acquireTokenSilent({ ...request, account, scopes: [...scopes] })
    if (!result.fromCache) await cache.update(text, msal.getTokenCache().serialize())
    return result
  }

  /** Requests for which the same token was refused share the one that the first of them fetches. */
  const current = async ({ refused, claims }: AccessTokenRequest): Promise<string> => {
    if (claims !== undefined && refused === undefined) return (await silently({ claims })).accessToken
    const { accessToken } = await silently({})
    if (accessToken !== refused) return accessToken
    return (await silently(claims === undefined ? { forceRefresh: true } : { claims })).accessToken
  }

  return {
    /** The signed-in account. */
    account: async (): Promise<AccountInfo | null> => (await requests.alone(opened))?.account ?? null,
    /** A token as the port requires, once `ready` (a sign-in that is being recorded) settles. */
    accessToken: (request: AccessTokenRequest, ready: Promise<unknown>): Promise<string> =>
      requests.persistently({ signal: request.signal, patience: timeLimit, ready }, () => current(request)),
    /** A new token from the authority, regardless of the cache: shows whether the access is still valid. */
    renew: (signal: AbortSignal): Promise<AuthenticationResult> =>
      requests.persistently({ signal, patience: PATIENCE_BEFORE_CONSENT }, () =>
        silently({ forceRefresh: true }),
      ),
    /** Clears MSAL's memory. */
    forget: (): void => {
      client = null
    },
  }
}
