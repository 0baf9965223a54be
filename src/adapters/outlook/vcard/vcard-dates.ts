import type { PartialDate } from '../../../domain/contact.ts'
import { readDate } from '../../microsoft365/contact/dates.ts'
import type { Property } from './property.ts'

/** RFC 6350, section 4.3.1, and ISO 8601 with hyphens; a time of day may follow. */
const form = /^(?:(\d{4})-?|--)(\d\d)-?(\d\d)(?:[T ].*)?$/s

/** A date; undefined if it stands for none, null for any other text. */
export const dateOf = ({ parameters }: Property, text: string): PartialDate | null | undefined => {
  if (text === '') return undefined
  const [, year, month, day] = form.exec(text.trim()) ?? []
  if (month === undefined || day === undefined) return null
  // 1604 is a leap year, and stands for none (`readDate`).
  const isOmitted = year === undefined || parameters.get('X-APPLE-OMIT-YEAR')?.[0] === year
  return readDate(`${isOmitted ? '1604' : year}-${month}-${day}`)
}

/** The time of the last change as `Date.toISOString` writes it; undefined if the text is none in UTC. */
export const timeOf = (text: string): string | undefined => {
  const parts = /^(\d{4})-?(\d\d)-?(\d\d)T(\d\d):?(\d\d):?(\d\d)(?:\.\d+)?Z$/i.exec(text.trim())
  if (!parts) return undefined
  const [, year = '', month = '', day = '', hour = '', minute = '', second = ''] = parts
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return Number.isNaN(time) ? undefined : new Date(time).toISOString()
}
