import type { PartialDate } from '../domain/contact.ts'

/** Whether the calendar has this day, in some year if the year is unknown. */
export const isDate = ({ year, month, day }: PartialDate): boolean =>
  isWithin(month, 1, 12) &&
  (year === undefined || isWithin(year, 0, 9999)) &&
  isWithin(day, 1, daysOf(year ?? LEAP_YEAR, month))

/** A number with zeros before it. */
export const digits = (value: number, length: number): string => String(value).padStart(length, '0')

const LEAP_YEAR = 2000

/** `Date` takes years below 100 for those of the 20th century; the calendar repeats after 400 years. */
const daysOf = (year: number, month: number): number =>
  new Date(Date.UTC((year % 400) + 400, month, 0)).getUTCDate()

const isWithin = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most
