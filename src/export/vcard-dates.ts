import type { PartialDate } from '../domain/contact.ts'
import { digits, isDate } from './date-parts.ts'
import type { VcardVersion } from './vcard.ts'

/** The year that Apple writes, and others read, where vCard 3.0 needs one and it is unknown: a leap year. */
const NO_YEAR = 1604

/**
 * The parameters and the value of a date; null if it is none. vCard 4.0 knows dates without a year (RFC 6350, section
 * 4.3.1: `--0412`), 3.0 does not (RFC 2426, section 3.1.5).
 */
export const dateValue = (
  date: PartialDate,
  version: VcardVersion,
): { readonly parameters: string; readonly value: string } | null => {
  if (!isDate(date)) return null
  const { year, month, day } = date
  const [monthText, dayText] = [digits(month, 2), digits(day, 2)]
  if (version === '4.0')
    return { parameters: '', value: `${year === undefined ? '--' : digits(year, 4)}${monthText}${dayText}` }
  return {
    parameters: year === undefined ? `;X-APPLE-OMIT-YEAR=${NO_YEAR}` : '',
    value: `${digits(year ?? NO_YEAR, 4)}-${monthText}-${dayText}`,
  }
}

/** A time in UTC as REV has it: in the basic format (RFC 6350, section 4.3.5), or in the extended one. Null: it is none. */
export const timeValue = (iso: string, version: VcardVersion): string | null => {
  const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?Z$/.exec(iso)
  if (!parts) return null
  const seconds = `${parts[1] ?? ''}Z`
  return version === '4.0' ? seconds.replaceAll(/[-:]/g, '') : seconds
}
