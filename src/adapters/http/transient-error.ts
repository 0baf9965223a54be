import { type FailureCode, type FailureDetails, ImportFailure } from '../../domain/failures.ts'
import type { Waiting } from '../../ports/contact-source.ts'

/** A request failed, and may succeed when it is sent again. */
export class TransientError extends Error {
  override readonly name = 'TransientError'
  /** What the import fails of when the retries are used up. */
  readonly code: FailureCode
  /** What the person is told meanwhile. */
  readonly reason: Waiting['reason']
  readonly details: FailureDetails
  /** Milliseconds the service asked to wait, null where it did not. */
  readonly retryAfter: number | null
  /** The whole answer came, but it is not JSON. */
  readonly brokenBody: boolean

  constructor(
    code: FailureCode,
    reason: Waiting['reason'],
    more: {
      details?: FailureDetails
      retryAfter?: number | null
      brokenBody?: boolean
      cause?: unknown
    } = {},
  ) {
    super(code, more.cause === undefined ? undefined : { cause: more.cause })
    this.code = code
    this.reason = reason
    this.details = more.details ?? {}
    this.retryAfter = more.retryAfter ?? null
    this.brokenBody = more.brokenBody ?? false
  }
}

/** The latest time that a `Date` can hold (ECMAScript, "Time Values and Time Range"). */
const LAST_TIME = 8.64e15

/**
 * The failure of a request that the service asks to wait longer than it may: it says when to come back.
 *
 * @param pause milliseconds to wait from `now` on, which are milliseconds since 1970
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
