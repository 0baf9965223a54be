import type { PartialDate } from '../../domain/contact.ts'
import type { Source } from '../../domain/source.ts'
import type { Situation } from '../catalogue.ts'

/** Where contacts come from, as people call it. */
const sources = {
  microsoft365: 'Microsoft 365',
  google: 'Google Kontakte',
  outlook: 'Outlook-App',
} as const satisfies Record<Source, string>

/** After a preposition: `von der Outlook-App`. */
const dative = { ...sources, outlook: 'der Outlook-App' } as const

const companies = { microsoft365: 'Microsoft', google: 'Google', outlook: 'Outlook' } as const

/** What a person does on the sign-in page to let the app read contacts. On Google's page, the box is not ticked. */
const agreement = {
  microsoft365: (place: string) => `wählen Sie ${place}„Akzeptieren“`,
  google: (place: string) => `setzen Sie ${place}das Häkchen bei Ihren Kontakten und wählen Sie „Weiter“`,
  outlook: (place: string) => `wählen Sie ${place}„Akzeptieren“`,
} as const satisfies Record<Source, (place: string) => string>

/** Names, numbers, counted things and times in a German locale (BCP 47). */
export const deFormat = (locale: string) => {
  const numbers = new Intl.NumberFormat(locale)
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
  const daysOfYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', timeZone: 'UTC' })
  const times = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' })
  const number = (count: number): string => numbers.format(count)
  const counted = (count: number, one: string, many: string): string =>
    `${number(count)} ${count === 1 ? one : many}`
  return {
    sources,
    sourcesDative: dative,
    companies,
    /** The name after `von`, `bei` or `aus`. */
    name: ({ source }: Situation): string => dative[source],
    /** The name at the beginning of a sentence. */
    Name: ({ source }: Situation): string => (source === 'outlook' ? 'Die Outlook-App' : sources[source]),
    company: ({ source }: Situation): string => companies[source],
    /** `place`: empty, or `auf der Anmeldeseite ` */
    agree: (source: Source, place = ''): string => agreement[source](place),
    number,
    counted,
    listed: (texts: readonly string[]): string => lists.format(texts),
    contacts: (count: number): string => counted(count, 'Kontakt', 'Kontakte'),
    /** After a preposition: `von 1.240 Kontakten`. */
    contactsDative: (count: number): string => counted(count, 'Kontakt', 'Kontakten'),
    date: ({ year, month, day }: PartialDate): string => {
      // A leap year stands in for an unknown one.
      const time = new Date(0).setUTCFullYear(year ?? 2000, month - 1, day)
      return Number.isNaN(time) ? '' : (year === undefined ? daysOfYear : days).format(time)
    },
    time: (iso: string): string => times.format(new Date(iso)),
  }
}

export type DeFormat = ReturnType<typeof deFormat>
