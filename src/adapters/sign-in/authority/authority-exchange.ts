import { withTimeout } from '../../../async/with-timeout.ts'
import { ImportFailure, isImportFailure } from '../../../domain/failures.ts'
import { connectionFailure, failureOfNetwork } from '../../http/connection/connection-failure.ts'
import { defaultLimits } from '../../http/limits.ts'
import { readBody } from '../../http/read-body.ts'
import { isTransientStatus } from '../../http/retry/retry.ts'
import { TransientError } from '../../http/retry/transient-error.ts'

/** What an authority answered. */
export interface AuthorityAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Empty if it is too large. */
  readonly body: string
}

export interface ExchangeOptions {
  /** For one request, in ms. */
  readonly timeLimit: number
  readonly signal?: AbortSignal
  readonly fetch?: typeof fetch
}

/**
 * Sends one request to an authority. Throws a `TransientError` if another try may help, an `ImportFailure` if not, and the
 * signal's reason.
 */
export const exchange = async (
  url: string,
  request: RequestInit,
  { timeLimit, signal, fetch: send = fetch }: ExchangeOptions,
): Promise<AuthorityAnswer> => {
  try {
    const answer = await withTimeout(timeLimit, signal, async (limit) => {
      // A redirect (307) would carry the code, its verifier or a refresh token to another address.
      const response = await send(url, { ...request, signal: limit, redirect: 'manual' })
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: await bodyOf(response),
      }
    })
    const inBetween = failureOfNetwork(answer)
    if (inBetween !== null) throw inBetween
    return answer
  } catch (error) {
    signal?.throwIfAborted()
    const reason = isTimeout(error) ? tooSlow(error) : connectionFailure(error, url)
    if (!(reason instanceof TransientError) || !reason.fewTries) throw reason
    // A sign-in does not retry a connection that is not secure: it would poll for a code until the code expires.
    throw new ImportFailure(reason.code, reason.details, error)
  }
}

const isTimeout = (error: unknown): boolean => error instanceof Error && error.name === 'TimeoutError'

const tooSlow = (cause: unknown): TransientError =>
  new TransientError('service-unavailable', 'service-unavailable', { cause })

const bodyOf = async (response: Response): Promise<string> => {
  try {
    return await readBody(response, defaultLimits)
  } catch (error) {
    if (isImportFailure(error)) return ''
    throw error
  }
}

/** The object in a body of JSON; null for any other body. */
export const objectIn = (text: string): object | null => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}

/**
 * The answer of a token endpoint. A body in any form that is not one (a proxy's page, an outage, a body that is too large)
 * becomes an error in the form of RFC 6749, section 5.2.
 */
export const tokenAnswerIn = ({ status, body }: Pick<AuthorityAnswer, 'status' | 'body'>): object => {
  const answer = objectIn(body)
  if (answer !== null && ['error', 'access_token', 'device_code'].some((name) => name in answer))
    return answer
  return { error: isTransientStatus(status) ? 'temporarily_unavailable' : 'no_token_answer' }
}
