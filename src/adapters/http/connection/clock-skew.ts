/** In ms. Microsoft and most others accept a clock that differs by up to five minutes. */
const TOLERATED = 5 * 60_000

/**
 * Whether the clock of this device is wrong, by the `Date` of an answer (RFC 9110, section 6.6.1). False for an answer
 * without one: without evidence, the clock is not to blame.
 *
 * @param now milliseconds since 1970
 */
export const isClockWrong = (headers: Pick<Headers, 'get'>, now: number): boolean => {
  const time = Date.parse(headers.get('date') ?? '')
  return Math.abs(time - now) > TOLERATED
}
