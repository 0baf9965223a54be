import { type FailureCode, type FailureDetails, ImportFailure } from '../../../domain/failures.ts'
import type { Waiting } from '../../../ports/contact-source.ts'

/** A request failed and may succeed if it is sent again. */
export class TransientError extends Error {
  override readonly name = 'TransientError'
  /** The code with which the import fails when the retries are used up. */
  readonly code: FailureCode
  /** The reason to show while waiting for the retry. */
  readonly reason: Waiting['reason']
  readonly details: FailureDetails
  /** Milliseconds that the service asked to wait; null if it named none. */
  readonly retryAfter: number | null
  /** The response is complete but not JSON. */
  readonly brokenBody: boolean
  /** A retry rarely helps, so it is tried `limits.fewTries` times only. */
  readonly fewTries: boolean

  constructor(
    code: FailureCode,
    reason: Waiting['reason'],
    more: {
      details?: FailureDetails
      retryAfter?: number | null
      brokenBody?: boolean
      fewTries?: boolean
      cause?: unknown
    } = {},
  ) {
    super(code, more.cause === undefined ? undefined : { cause: more.cause })
    this.code = code
    this.reason = reason
    this.details = more.details ?? {}
    this.retryAfter = more.retryAfter ?? null
    this.brokenBody = more.brokenBody ?? false
    this.fewTries = this.brokenBody || (more.fewTries ?? false)
  }
}

/** The latest time that a `Date` can represent (ECMAScript, "Time Values and Time Range"). */
const LAST_TIME = 8.64e15

/**
 * The failure of a request for which the service asks for too long a wait. It says when to try again.
 *
 * @param pause milliseconds to wait from `now` on
 * @param now milliseconds since 1970
 */
export const throttled = (
  details: FailureDetails,
  pause: number,
  now: number,
  cause?: unknown,
): ImportFailure => {
  const retryAt = new Date(Math.min(now + pause, LAST_TIME)).toISOString()
  return new ImportFailure('throttled', { ...details, retryAt }, cause)
}
