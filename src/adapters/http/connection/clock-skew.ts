/** In ms. Microsoft and most others accept a clock that differs by up to five minutes. */
const TOLERATED = 5 * 60_000

/**
 * Whether the clock of this device is wrong, according to the `Date` of a response (RFC 9110, section 6.6.1). False
 * for a response without a `Date`, because it is no evidence.
 *
 * @param now milliseconds since 1970
 */
export const isClockWrong = (headers: Pick<Headers, 'get'>, now: number): boolean => {
  const time = Date.parse(headers.get('date') ?? '')
  return Math.abs(time - now) > TOLERATED
}
