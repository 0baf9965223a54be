import { ImportFailure } from '../../../domain/failures.ts'
import { exchange, objectIn, tokenAnswerIn } from './authority-exchange.ts'
import { TokenRefusal } from '../errors.ts'
import { outageOf } from '../outages.ts'
import { isAccessToken } from '../access-token.ts'

export interface AuthorityRequestOptions {
  /** For one request, in ms. */
  readonly timeLimit: number
  readonly signal: AbortSignal
  readonly fetch?: typeof fetch
}

/**
 * The metadata at an address; null if there is none. Throws a `TransientError` for an outage and for a network that fails,
 * an `ImportFailure` if another try would fail too.
 */
export const requestMetadata = async (
  address: string,
  options: AuthorityRequestOptions,
): Promise<object | null> => {
  const answer = await exchange(address, { credentials: 'omit' }, options)
  const outage = outageOf({ ...answer, body: objectIn(answer.body) ?? {} }, Date.now())
  if (outage !== null) throw outage
  return answer.status >= 200 && answer.status < 300 ? objectIn(answer.body) : null
}

/**
 * A `fetch` for the token endpoint: resolves to a token answer, and throws anything else. `TokenRefusal` for a refusal;
 * otherwise as `requestMetadata`. A token that no header may contain counts as missing: the error of a malformed header would
 * contain the token.
 */
export const tokenFetch =
  (options: Omit<AuthorityRequestOptions, 'signal'>) =>
  async (
    address: string,
    request: {
      readonly body: URLSearchParams
      readonly headers: Readonly<Record<string, string>>
      readonly signal?: AbortSignal | undefined
    },
  ): Promise<Response> => {
    const { body, headers, signal } = request
    const sent = { method: 'POST', body, headers, credentials: 'omit' } as const
    const answer = await exchange(address, sent, { ...options, ...(signal && { signal }) })
    const parsed = tokenAnswerIn(answer)
    const outage = outageOf({ ...answer, body: parsed }, Date.now())
    if (outage !== null) throw outage
    if ('error' in parsed) throw new TokenRefusal(parsed)
    const isTokens = 'access_token' in parsed && isAccessToken(parsed.access_token)
    if (!isTokens) throw new ImportFailure('bad-answer', { status: answer.status })
    return Response.json(parsed)
  }
