const seconds = /^\d+(\.\d+)?$/
const date = /^[A-Za-z]{3,9},? .*\d\d:\d\d:\d\d/

/**
 * Milliseconds that a response asks to wait (`Retry-After`, RFC 9110 section 10.2.3); null if it names no valid time.
 * Graph also sends fractions of a second. A date is compared with the response's own `Date`, because the clock of a
 * device may be wrong by hours.
 *
 * @param now milliseconds since 1970, for a response without a `Date`
 */
export const retryAfter = (headers: Headers, now: number): number | null => {
  const value = headers.get('retry-after')?.trim() ?? ''
  if (seconds.test(value)) return Number(value) * 1000
  const until = parseDate(value)
  if (until === null) return null
  return Math.max(0, until - (parseDate(headers.get('date')?.trim() ?? '') ?? now))
}

// RFC 9110 section 5.6.7 has three forms; the oldest has no time zone and means UTC.
const parseDate = (value: string): number | null => {
  if (!date.test(value)) return null
  const time = Date.parse(value.endsWith('GMT') ? value : `${value} GMT`)
  return Number.isNaN(time) ? null : time
}
