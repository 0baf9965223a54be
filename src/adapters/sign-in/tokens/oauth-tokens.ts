import { ImportFailure } from '../../../domain/failures.ts'
import type { Account } from '../../../domain/reports.ts'
import type { AccessTokenRequest } from '../../../ports/access-token.ts'
import type { NetworkEvents } from '../../http/connection/network-wait.ts'
import { PATIENCE_BEFORE_CONSENT } from '../persistence.ts'
import { tokenRequests } from './token-requests.ts'
import type { KeptTokens, TokenKeeper } from './kept-tokens.ts'
import type { GrantedTokens, OAuthClient } from '../authority/oauth-client.ts'

/** In ms: a token is renewed that long before it expires, as MSAL does, because clocks differ and requests take time. */
const RENEWED_BEFORE = 300_000

export interface OAuthTokensOptions {
  readonly client: (signal: AbortSignal) => Promise<OAuthClient>
  readonly keeper: TokenKeeper
  /** Whether granted scopes include reading contacts. */
  readonly coversContacts: (scopes: readonly string[]) => boolean
  /**
   * Runs work while no other tab or process that shares the tokens runs any: the authority may refuse a refresh token that another
   * one has just used. Rejects with the signal's reason.
   */
  alone<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T>
  /** For one call, in ms. */
  readonly timeLimit: number
  readonly network: NetworkEvents | null
  readonly now: () => number
}

/** Gets tokens without asking the person. The access token is in memory only. */
export interface OAuthTokens {
  /** The sign-in that is kept; null if there is none. */
  kept(): Promise<KeptTokens | null>
  /** Keeps the tokens of a sign-in that has just happened. */
  keep(granted: GrantedTokens, account: Account): Promise<void>
  /** A token as the port requires, once `ready` settles. */
  accessToken(request: AccessTokenRequest, ready: Promise<unknown>): Promise<string>
  /** A new token from the authority: shows whether the access is still valid, and for whom. */
  renew(signal: AbortSignal): Promise<{ readonly account: Account; readonly coversContacts: boolean }>
  /** Drops the token in memory. */
  forget(): void
}

interface Access {
  readonly token: string
  /** In ms since 1970. */
  readonly until: number
}

export const oauthTokens = (options: OAuthTokensOptions): OAuthTokens => {
  const { client, keeper, timeLimit, network, now, coversContacts } = options
  const requests = tokenRequests({ timeLimit, network })
  let access: Access | null = null
  let forgotten = 0

  const accessOf = ({ accessToken, lifetime }: GrantedTokens): Access => {
    const lasting = lifetime ?? 0
    // An authority of short-lived tokens: half of the time, or each request would fetch one.
    return { token: accessToken, until: now() + Math.max(lasting - RENEWED_BEFORE, lasting / 2) }
  }

  const renewed = (claims: string | undefined, limit: AbortSignal) =>
    options.alone(limit, async () => {
      const before = forgotten
      const loaded = await keeper.load()
      if (loaded === null) throw new ImportFailure('sign-in-expired')
      const { tokens } = loaded
      const granted = await (await client(limit)).refresh(tokens.refreshToken, claims, limit)
      if (granted.account !== null && granted.account.id !== tokens.account.id)
        throw new ImportFailure('bad-answer')
      const refreshToken = granted.refreshToken ?? tokens.refreshToken
      const isKept = await keeper.replace(loaded, { ...tokens, refreshToken })
      // A sign-out takes precedence.
      if (!isKept || forgotten !== before) throw new ImportFailure('sign-in-expired')
      access = accessOf(granted)
      return { granted, account: tokens.account }
    })

  /** Requests for which the same token was refused share the one that the first of them fetches. */
  const current = async ({ refused, claims }: AccessTokenRequest, limit: AbortSignal): Promise<string> => {
    const isDemand = claims !== undefined && refused === undefined
    if (!isDemand && access !== null && access.token !== refused && now() < access.until) return access.token
    return (await renewed(claims, limit)).granted.accessToken
  }

  return {
    kept: async () => (await requests.alone(() => keeper.load()))?.tokens ?? null,
    keep: async (granted, account) => {
      access = accessOf(granted)
      const { refreshToken } = granted
      // Without one, the access ends with its token.
      if (refreshToken === null) await keeper.erase()
      else await keeper.save({ refreshToken, account, signedInAt: now() })
    },
    accessToken: (request, ready) =>
      requests.persistently({ signal: request.signal, patience: timeLimit, ready }, (limit) =>
        current(request, limit),
      ),
    renew: async (signal) => {
      const { granted, account } = await requests.persistently(
        { signal, patience: PATIENCE_BEFORE_CONSENT },
        (limit) => renewed(undefined, limit),
      )
      return { account, coversContacts: coversContacts(granted.scopes) }
    },
    forget: () => {
      forgotten++
      access = null
    },
  }
}
