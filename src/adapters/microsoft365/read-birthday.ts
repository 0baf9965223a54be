import type { Birthday } from '../../domain/contact.ts'

const form = /^(\d{4})-(\d\d)-(\d\d)(?:T|$)/

/** Outlook and phones write birthdays of an unknown year under this one; it is a leap year. */
const UNKNOWN_YEAR = 1604

/**
 * The date of a Graph birthday (`1974-07-22`, `1815-12-10T11:59:00Z`), null where it is none. The time of
 * day means nothing and no zone applies: shifting it would make people a day older or younger.
 */
export const readBirthday = (text: string): Birthday | null => {
  const [, year, month, day] = (form.exec(text) ?? []).map(Number)
  if (year === undefined || month === undefined || day === undefined) return null
  // Day 0 of the next month is the last of this one.
  const last = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()
  if (month < 1 || month > 12 || day < 1 || day > last) return null
  return year === UNKNOWN_YEAR ? { month, day } : { year, month, day }
}
