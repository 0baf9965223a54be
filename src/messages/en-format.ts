/** Numbers, counted things and times in an English locale (BCP 47). */
export const enFormat = (locale: string) => {
  const numbers = new Intl.NumberFormat(locale)
  const times = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  const plural = new Intl.PluralRules(locale)
  const number = (count: number): string => numbers.format(count)
  const counted = (count: number, one: string, many: string): string =>
    `${number(count)} ${plural.select(count) === 'one' ? one : many}`
  return {
    number,
    counted,
    contacts: (count: number): string => counted(count, 'contact', 'contacts'),
    time: (iso: string): string => times.format(new Date(iso)),
  }
}
