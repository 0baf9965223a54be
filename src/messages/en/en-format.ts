import type { PartialDate } from '../../domain/contact.ts'
import type { Source } from '../../domain/source.ts'
import type { Situation } from '../catalogue.ts'

/** Where contacts come from, as people call it. */
const sources = {
  microsoft365: 'Microsoft 365',
  google: 'Google Contacts',
  outlook: 'the Outlook app',
} as const satisfies Record<Source, string>

const companies = { microsoft365: 'Microsoft', google: 'Google', outlook: 'Outlook' } as const

/** What a person does on the sign-in page to let the app read contacts. On Google's page, the box is not ticked. */
const agreement = {
  microsoft365: 'choose Accept',
  google: 'tick the box for your contacts, then choose Continue',
  outlook: 'choose Accept',
} as const satisfies Record<Source, string>

/** Names, numbers, counted things and times in an English locale (BCP 47). */
export const enFormat = (locale: string) => {
  const numbers = new Intl.NumberFormat(locale)
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
  const daysOfYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', timeZone: 'UTC' })
  const times = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  const plural = new Intl.PluralRules(locale)
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' })
  const number = (count: number): string => numbers.format(count)
  const counted = (count: number, one: string, many: string): string =>
    `${number(count)} ${plural.select(count) === 'one' ? one : many}`
  return {
    sources,
    companies,
    name: ({ source }: Situation): string => sources[source],
    /** The name at the beginning of a sentence. */
    Name: ({ source }: Situation): string =>
      sources[source].charAt(0).toUpperCase() + sources[source].slice(1),
    company: ({ source }: Situation): string => companies[source],
    agree: (source: Source): string => agreement[source],
    number,
    counted,
    listed: (texts: readonly string[]): string => lists.format(texts),
    contacts: (count: number): string => counted(count, 'contact', 'contacts'),
    date: ({ year, month, day }: PartialDate): string => {
      // A leap year stands in for an unknown one.
      const time = new Date(0).setUTCFullYear(year ?? 2000, month - 1, day)
      return Number.isNaN(time) ? '' : (year === undefined ? daysOfYear : days).format(time)
    },
    time: (iso: string): string => times.format(new Date(iso)),
  }
}

export type EnFormat = ReturnType<typeof enFormat>
