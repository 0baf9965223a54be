/** Times of events: those of today, those of other days, and a time that leaves no question. */
export type Times = Readonly<Record<'today' | 'other' | 'full', Intl.DateTimeFormat>>

/** Making them takes longer than using them. */
const known = new Map<string, Times>()

/** @param locale BCP 47 */
export const timesOf = (locale: string): Times => {
  const times = known.get(locale) ?? {
    today: new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }),
    other: new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'medium' }),
    full: new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long' }),
  }
  known.set(locale, times)
  return times
}
