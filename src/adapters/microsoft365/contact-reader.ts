import type { ContactField } from './contact-fields.ts'

/**
 * Reads fields of one hostile contact. A field of the wrong type reads as unset and is remembered: `fault`
 * is the first such field. Unset is what is absent, null, "", {} or [].
 */
export interface ContactReader {
  readonly fault: ContactField | null
  text(field: ContactField): string | undefined
  /** A list of texts, without the unset ones. */
  texts(field: ContactField): string[]
  /** A list of objects, without the unset ones. */
  records(field: ContactField): Json[]
  record(field: ContactField): Json | undefined
  /** The text under a key of an object that `record` or `records` gave. */
  textIn(field: ContactField, record: Json, key: string): string | undefined
  /** Says that a field cannot be understood although it has the right type. */
  refuse(field: ContactField): void
}

type Json = Readonly<Record<string, unknown>>

export const contactReader = (raw: Json): ContactReader => {
  let fault: ContactField | null = null
  const refuse = (field: ContactField) => {
    fault ??= field
  }
  const asText = (field: ContactField, value: unknown): string | undefined => {
    if (typeof value === 'string') return value === '' ? undefined : value
    if (!isUnset(value)) refuse(field)
    return undefined
  }
  const asRecord = (field: ContactField, value: unknown): Json | undefined => {
    if (isUnset(value)) return undefined
    if (typeof value === 'object' && !Array.isArray(value)) return value as Json
    refuse(field)
    return undefined
  }
  const list = <T>(field: ContactField, read: (value: unknown) => T | undefined): T[] => {
    const value = raw[field]
    if (Array.isArray(value)) return value.map(read).filter((item) => item !== undefined)
    if (!isUnset(value)) refuse(field)
    return []
  }
  return {
    get fault() {
      return fault
    },
    text: (field) => asText(field, raw[field]),
    texts: (field) => list(field, (value) => asText(field, value)),
    record: (field) => asRecord(field, raw[field]),
    records: (field) => list(field, (value) => asRecord(field, value)),
    textIn: (field, record, key) => asText(field, record[key]),
    refuse,
  }
}

const isUnset = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0)
