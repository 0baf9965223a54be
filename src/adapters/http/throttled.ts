import { ImportFailure, type FailureDetails } from '../../domain/failures.ts'

/** The last moment that a `Date` can hold (ECMAScript, "Time Values and Time Range"). */
const LAST_TIME = 8.64e15

/** The failure of a request that would have to wait longer than there is time: says when to come back. */
export const throttled = (
  details: FailureDetails,
  pause: number,
  now: number,
  cause?: unknown,
): ImportFailure => {
  const retryAt = new Date(Math.min(now + pause, LAST_TIME)).toISOString()
  return new ImportFailure('throttled', { ...details, retryAt }, cause)
}
