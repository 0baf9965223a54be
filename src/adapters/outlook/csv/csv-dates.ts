import type { PartialDate } from '../../../domain/contact.ts'
import { readDate } from '../../microsoft365/contact/dates.ts'

/** Which comes first in dates in figures: the day or the month. */
export type DateOrder = 'day-first' | 'month-first'

/** Figures, with the time of day that some exports add. */
const figures = /^\s*(\d{1,4})\s*([./-])\s*(\d{1,2})\s*[./-]\s*(\d{1,4})\.?(?:[\sT].*)?$/s

/**
 * A date of a table: `M/D/YYYY` or `D/M/YYYY` as `order` says, `D.M.YYYY`, or ISO 8601; undefined for a date that stands for
 * none, such as Outlook's `0/0/00`, null for any other text.
 *
 * @param thisYear decides the century of a year with two digits: birthdays are in the past
 */
export const readCsvDate = (
  text: string,
  order: DateOrder,
  thisYear: number,
): PartialDate | null | undefined => {
  const parts = figures.exec(text)
  if (!parts) return null
  const [, first = '', separator, second = '', third = ''] = parts
  if ([first, second, third].every((part) => Number(part) === 0)) return undefined
  if (first.length > 2) return dateOf(Number(first), second, third)
  const year = third.length > 2 ? Number(third) : withCentury(Number(third), thisYear)
  const isDayFirst = separator === '.' || order === 'day-first'
  return isDayFirst ? dateOf(year, second, first) : dateOf(year, first, second)
}

/** Which order a date in figures shows; null if it could be both. */
export const dateOrderIn = (text: string): DateOrder | null => {
  const [, first = '', separator, second = ''] = figures.exec(text) ?? []
  if (separator === undefined || separator === '.' || first.length > 2) return null
  if (Number(first) > 12) return Number(second) > 12 ? null : 'day-first'
  return Number(second) > 12 ? 'month-first' : null
}

const withCentury = (year: number, thisYear: number): number => {
  const century = thisYear - (thisYear % 100)
  return year > thisYear % 100 ? century - 100 + year : century + year
}

/** Outlook's own dates for "none", and for a year that is unknown, are the same in each of its formats. */
const dateOf = (year: number, month: string, day: string): PartialDate | null | undefined =>
  readDate(`${String(year).padStart(4, '0')}-${month.padStart(2, '0')}-${day.slice(0, 2).padStart(2, '0')}`)
