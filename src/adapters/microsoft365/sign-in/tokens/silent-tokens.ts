import { setTimeout as wait } from 'node:timers/promises'
import type {
  AccountInfo,
  AuthenticationResult,
  PublicClientApplication,
  SilentFlowRequest,
} from '@azure/msal-node'
import { SerialQueue } from '../../../../async/serial-queue.ts'
import { withTimeout } from '../../../../async/with-timeout.ts'
import { ImportFailure } from '../../../../domain/failures.ts'
import type { AccessTokenRequest } from '../../../../ports/access-token.ts'
import { awakeTime } from '../../../http/awake-time.ts'
import { type NetworkEvents, waitForNetwork } from '../../../http/connection/network-wait.ts'
import { throttled } from '../../../http/transient-error.ts'
import { failureOfRenewal, isTransient } from '../entra/errors.ts'
import type { MsalClients } from '../entra/msal-client.ts'
import { watchedOutages } from './watched-outages.ts'
import type { TokenCache } from './token-cache.ts'

export interface SilentTokensOptions {
  readonly clients: MsalClients
  readonly cache: TokenCache
  readonly scopes: readonly string[]
  /** For one call, in ms. */
  readonly timeLimit: number
  /** Ends pauses between tries early. */
  readonly network?: NetworkEvents | null
}

/** How long a call may still try (`left`: in ms), and the last failure, with which it fails when that is over. */
interface Patience {
  readonly limit: AbortSignal
  left: number
  failure: ImportFailure
}

interface Opened {
  readonly msal: PublicClientApplication
  readonly account: AccountInfo
  /** The content of the cache when it was read. */
  readonly text: string
}

type Demand = Pick<SilentFlowRequest, 'forceRefresh' | 'claims'>

/** In ms; doubled each time. */
const FIRST_PAUSE = 250
/** In ms: how long a renewal before a sign-in is tried, because the user looks on. */
const RENEWAL_PATIENCE = 3000

const unrefTimers = {
  wait: (milliseconds: number, signal: AbortSignal) => wait(milliseconds, undefined, { signal, ref: false }),
}

/** Gets tokens silently, from the cache or with its refresh token. */
export const silentTokens = (options: SilentTokensOptions) => {
  const { clients, cache, scopes, timeLimit, network = null } = options
  // One at a time: each job loads the cache into MSAL's memory, which they share.
  const queue = new SerialQueue()
  let client: Promise<PublicClientApplication> | null = null
  const outages = watchedOutages()

  const theClient = (): Promise<PublicClientApplication> =>
    (client ??= clients({ timeLimit, network: outages.through }).catch((error: unknown) => {
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

  /** Requests whose same token was refused share the one that the first of them fetches. */
  const current = async ({ refused, claims }: AccessTokenRequest): Promise<string> => {
    if (claims !== undefined && refused === undefined) return (await silently({ claims })).accessToken
    const { accessToken } = await silently({})
    if (accessToken !== refused) return accessToken
    return (await silently(claims === undefined ? { forceRefresh: true } : { claims })).accessToken
  }

  const limited = async <T>(signal: AbortSignal, work: (patience: Patience) => Promise<T>): Promise<T> => {
    let patience: Patience | undefined
    try {
      return await withTimeout(timeLimit, signal, (limit) => {
        patience = { limit, left: timeLimit, failure: new ImportFailure('offline') }
        return work(patience)
      })
    } catch (error) {
      signal.throwIfAborted()
      throw failureOfRenewal(patience?.limit.aborted ? patience.failure : error)
    }
  }

  /** Tries again while there is time: a renewal can be repeated, and its failure would end an import. */
  const persistently = async <T>(patience: Patience, work: () => Promise<T>): Promise<T> => {
    let triedAt = Date.now()
    let waited = 0
    for (let pause = FIRST_PAUSE; ; pause *= 2) {
      const tried = await queue.run(async () => {
        patience.limit.throwIfAborted()
        outages.forget()
        return work().then(
          (value) => ({ value }),
          (error: unknown) => ({ error, asked: outages.retryAfter }),
        )
      })
      if ('value' in tried) return tried.value
      patience.failure = failureOfRenewal(tried.error)
      if (!isTransient(patience.failure)) throw patience.failure
      const { asked, error } = tried
      const now = Date.now()
      patience.left -= awakeTime(now - triedAt, waited, waited + timeLimit)
      triedAt = now
      if (asked !== null && asked > patience.left)
        throw throttled(patience.failure.details, asked, now, error)
      if (patience.left <= 0) throw patience.failure
      waited = Math.max(pause, asked ?? 0)
      if (asked !== null) await unrefTimers.wait(waited, patience.limit)
      else if (await waitForNetwork(waited, patience.limit, { timers: unrefTimers, network }))
        pause = FIRST_PAUSE / 2
    }
  }

  return {
    /** The signed-in account. */
    account: async (): Promise<AccountInfo | null> => (await queue.run(opened))?.account ?? null,
    /** A token as the port requires, once `ready` (a sign-in that is being recorded) settles. */
    accessToken: (request: AccessTokenRequest, ready: Promise<unknown>): Promise<string> =>
      limited(request.signal, async (patience) => {
        await ready
        return persistently(patience, () => current(request))
      }),
    /** A new token from the authority, regardless of the cache: shows whether the access is still valid. */
    renew: (signal: AbortSignal): Promise<AuthenticationResult> =>
      limited(signal, (patience) => {
        patience.left = Math.min(patience.left, RENEWAL_PATIENCE)
        return persistently(patience, () => silently({ forceRefresh: true }))
      }),
    /** Clears MSAL's memory. */
    forget: (): void => {
      client = null
    },
  }
}
