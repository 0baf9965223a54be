import type {
  AccountInfo,
  AuthenticationResult,
  PublicClientApplication,
  SilentFlowRequest,
} from '@azure/msal-node'
import { setTimeout as wait } from 'node:timers/promises'
import { ImportFailure } from '../../../../domain/failures.ts'
import type { AccessTokenRequest } from '../../../../ports/access-token.ts'
import type { MsalClients } from '../entra/msal-client.ts'
import { failureOfRenewal } from '../entra/errors.ts'
import type { TokenCache } from './token-cache.ts'
import { tokenTurns } from './token-turns.ts'
import { withTimeout } from '../../../../async/with-timeout.ts'

export interface SilentTokensOptions {
  readonly clients: MsalClients
  readonly cache: TokenCache
  readonly scopes: readonly string[]
  /** Of one call, in ms. */
  readonly timeLimit: number
}

/** Until a call is given up, and what it is given up for then. */
interface TimeLeft {
  readonly limit: AbortSignal
  failure: ImportFailure
}

interface Opened {
  readonly msal: PublicClientApplication
  readonly account: AccountInfo
  /** Of the cache, as it was read. */
  readonly text: string
}

type Demand = Pick<SilentFlowRequest, 'forceRefresh' | 'claims'>

/** In ms; doubled each time. */
const FIRST_PAUSE = 250

/** A fault of the way to the authority, or of the authority itself: no answer about the access. */
export const isTransient = (failure: ImportFailure): boolean =>
  failure.code === 'offline' || failure.code === 'service-unavailable'

/** Gets tokens without the person, from the cache or by its refresh token. */
export const silentTokens = ({ clients, cache, scopes, timeLimit }: SilentTokensOptions) => {
  // One at a time: each loads MSAL's memory anew.
  const inTurn = tokenTurns()
  let client: Promise<PublicClientApplication> | null = null

  const theClient = (): Promise<PublicClientApplication> =>
    (client ??= clients({ timeLimit }).catch((error: unknown) => {
      client = null
      throw error
    }))

  /** MSAL with what the cache holds now and nothing else: anybody may have signed out or in meanwhile. */
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

  /** All who were refused the same token get the one that the first of them fetches. */
  const current = async ({ refused, claims }: AccessTokenRequest): Promise<string> => {
    if (claims !== undefined && refused === undefined) return (await silently({ claims })).accessToken
    const { accessToken } = await silently({})
    if (accessToken !== refused) return accessToken
    return (await silently(claims === undefined ? { forceRefresh: true } : { claims })).accessToken
  }

  /** The work goes on unseen when its time is over or nobody wants it any more. */
  const limited = async <T>(signal: AbortSignal, work: (time: TimeLeft) => Promise<T>): Promise<T> => {
    try {
      return await withTimeout(timeLimit, signal, (limit) => {
        const time: TimeLeft = { limit, failure: new ImportFailure('offline') }
        const stopped = new Promise<never>((_, reject) => {
          limit.addEventListener('abort', () => reject(time.failure), { once: true })
        })
        return Promise.race([work(time), stopped])
      })
    } catch (error) {
      signal.throwIfAborted()
      throw failureOfRenewal(error)
    }
  }

  /** Tries again while there is time: a renewal may be repeated, and its failure would end an import. */
  const persistently = async (time: TimeLeft, work: () => Promise<string>): Promise<string> => {
    for (let pause = FIRST_PAUSE; ; pause *= 2) {
      try {
        return await inTurn(() => {
          time.limit.throwIfAborted()
          return work()
        })
      } catch (error) {
        time.failure = failureOfRenewal(error)
        if (!isTransient(time.failure)) throw time.failure
        await wait(pause, null, { signal: time.limit, ref: false })
      }
    }
  }

  return {
    /** Who is signed in. */
    account: async (): Promise<AccountInfo | null> => (await inTurn(opened))?.account ?? null,
    /** A token as the port has it, once `ready` (a sign-in that is just being recorded) lets it. */
    accessToken: (request: AccessTokenRequest, ready: Promise<unknown>): Promise<string> =>
      limited(request.signal, async (time) => {
        await ready
        return persistently(time, () => current(request))
      }),
    /** Asks the authority whether access still stands, whatever the cache holds. */
    renew: (signal: AbortSignal): Promise<AuthenticationResult> =>
      limited(signal, () => inTurn(() => silently({ forceRefresh: true }))),
    /** Lets go of all that is in memory. */
    forget: (): void => {
      client = null
    },
  }
}
