import type { PartialDate } from '../../../domain/contact.ts'

const form = /^(\d{4})-(\d\d)-(\d\d)(?:T|$)/

/** Outlook and phones use this year, a leap year, for birthdays without a year. */
const UNKNOWN_YEAR = 1604

/**
 * The date of a birthday or an anniversary from Graph (`1974-07-22`, `1815-12-10T11:59:00Z`); undefined for a date that
 * stands for none, null for any other text. The time of day is ignored, and no time zone is applied, because it would
 * move birthdays by a day.
 */
export const readDate = (text: string): PartialDate | null | undefined => {
  const parts = form.exec(text)
  if (parts === null) return null
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  if (day < 1 || day > daysOf(year, month)) return null
  if (isNone(text)) return undefined
  if (year === 0) return null
  return year === UNKNOWN_YEAR ? { month, day } : { year, month, day }
}

/**
 * Whether a text with a date (`YYYY-MM-DD`) at its beginning stands for no date: 0001-01-01, the smallest of .NET;
 * 1601-01-01, a MAPI time of zero ([MS-OXCDATA] 2.11.1); 4501-01-01, Outlook's "None" (Outlook object model,
 * `ContactItem.Birthday`), and every later date, such as 9999-12-31, the largest of .NET. A time zone west or east of
 * UTC moves each of them by a day.
 */
const isNone = (text: string): boolean => {
  const date = text.slice(0, 10)
  return none.has(date) || date >= '4500-12-31'
}

const none: ReadonlySet<string> = new Set(['0000-12-31', '0001-01-01', '1600-12-31', '1601-01-01'])

/** 0 for a month that does not exist. */
const daysOf = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : ([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0)

const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

// Graph's usual form. `Date` parses any other.
const usual = /^(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)Z$/
// Without a zone, `Date` takes that of the device.
const dated = /^(\d{4})-(\d\d)-(\d\d)T.*(?:Z|[+-]\d\d:?\d\d)$/s

/**
 * A time as `Date.toISOString` writes it, so that times compare as text; undefined for a date that stands for none, null
 * for any other text.
 */
export const readTime = (text: string): string | null | undefined => {
  const [, seconds] = usual.exec(text) ?? []
  if (seconds !== undefined) return isNone(seconds) ? undefined : `${seconds}.000Z`
  const [, year, month, day] = dated.exec(text) ?? []
  // `Date` reads the 30th of February as a day in March.
  const isDay = day !== undefined && Number(day) <= daysOf(Number(year), Number(month))
  const time = isDay ? Date.parse(text) : NaN
  if (Number.isNaN(time)) return null
  return isNone(text) ? undefined : new Date(time).toISOString()
}
