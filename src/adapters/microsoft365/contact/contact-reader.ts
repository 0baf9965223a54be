import type { JsonFields } from '../graph/graph-item.ts'
import type { ContactField, extendedField } from './contact-fields.ts'

/** A field of a contact: a property of Graph's contact, or the expanded ones. */
type ReadField = ContactField | typeof extendedField

/**
 * Reads fields of one contact, which may be malicious. A value of the wrong type reads as unset, and its field counts
 * as incomplete. Absent, null, "", {} and [] count as unset.
 */
export class ContactReader {
  readonly #fields: JsonFields
  #malformed: Set<ReadField> | null = null

  constructor(fields: JsonFields) {
    this.#fields = fields
  }

  /** The fields read so far that have a value of a wrong type, or an invalid one. Null if there is none. */
  get malformed(): ReadonlySet<ReadField> | null {
    return this.#malformed
  }

  text(field: ReadField): string | undefined {
    return this.#asText(field, this.#fields[field])
  }

  /** A list of texts, without the unset ones. */
  texts(field: ReadField): string[] {
    const texts: string[] = []
    for (const value of this.#list(field)) {
      const text = this.#asText(field, value)
      if (text !== undefined) texts.push(text)
    }
    return texts
  }

  record(field: ReadField): JsonFields | undefined {
    return this.#asRecord(field, this.#fields[field])
  }

  /** A list of objects, without the unset ones. */
  records(field: ReadField): JsonFields[] {
    const records: JsonFields[] = []
    for (const value of this.#list(field)) {
      const record = this.#asRecord(field, value)
      if (record !== undefined) records.push(record)
    }
    return records
  }

  /** The text under a key of an object from `record` or `records`. */
  textIn(field: ReadField, record: JsonFields, key: string): string | undefined {
    return this.#asText(field, record[key])
  }

  /** The value that `read` parses from a text; `read` returns undefined if the text means unset, null if it is invalid. */
  meaning<T>(field: ReadField, read: (text: string) => T | null | undefined): T | undefined {
    return this.parsed(field, this.text(field), read)
  }

  /** The same for a text that was already read from the field. */
  parsed<T>(
    field: ReadField,
    text: string | undefined,
    read: (text: string) => T | null | undefined,
  ): T | undefined {
    if (text === undefined) return undefined
    const value = read(text)
    if (value === null) this.#refuse(field)
    return value ?? undefined
  }

  #asText(field: ReadField, value: unknown): string | undefined {
    if (typeof value === 'string') return value === '' ? undefined : value
    if (!isUnset(value)) this.#refuse(field)
    return undefined
  }

  #asRecord(field: ReadField, value: unknown): JsonFields | undefined {
    if (isUnset(value)) return undefined
    if (typeof value === 'object' && !Array.isArray(value)) return value as JsonFields
    this.#refuse(field)
    return undefined
  }

  #list(field: ReadField): readonly unknown[] {
    const value = this.#fields[field]
    if (Array.isArray(value)) return value
    if (!isUnset(value)) this.#refuse(field)
    return []
  }

  #refuse(field: ReadField): void {
    this.#malformed ??= new Set()
    this.#malformed.add(field)
  }
}

const isUnset = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0)
