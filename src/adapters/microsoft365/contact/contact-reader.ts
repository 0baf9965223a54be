import type { ContactField } from './contact-fields.ts'

type Json = Readonly<Record<string, unknown>>

/**
 * Reads fields of one hostile contact. A field of the wrong type reads as unset and is remembered. Unset is
 * what is absent, null, "", {} or [].
 */
export class ContactReader {
  /** The first field that could not be understood. */
  fault: ContactField | null = null
  readonly #raw: Json

  constructor(raw: Json) {
    this.#raw = raw
  }

  text(field: ContactField): string | undefined {
    return this.#asText(field, this.#raw[field])
  }

  /** A list of texts, without the unset ones. */
  texts(field: ContactField): string[] {
    const texts: string[] = []
    for (const value of this.#list(field)) {
      const text = this.#asText(field, value)
      if (text !== undefined) texts.push(text)
    }
    return texts
  }

  record(field: ContactField): Json | undefined {
    return this.#asRecord(field, this.#raw[field])
  }

  /** A list of objects, without the unset ones. */
  records(field: ContactField): Json[] {
    const records: Json[] = []
    for (const value of this.#list(field)) {
      const record = this.#asRecord(field, value)
      if (record !== undefined) records.push(record)
    }
    return records
  }

  /** The text under a key of an object that `record` or `records` gave. */
  textIn(field: ContactField, record: Json, key: string): string | undefined {
    return this.#asText(field, record[key])
  }

  /** A text that means something more; null from `read` where it does not. */
  meaning<T>(field: ContactField, read: (text: string) => T | null): T | undefined {
    const text = this.text(field)
    if (text === undefined) return undefined
    const value = read(text)
    if (value === null) this.#refuse(field)
    return value ?? undefined
  }

  #asText(field: ContactField, value: unknown): string | undefined {
    if (typeof value === 'string') return value === '' ? undefined : value
    if (!isUnset(value)) this.#refuse(field)
    return undefined
  }

  #asRecord(field: ContactField, value: unknown): Json | undefined {
    if (isUnset(value)) return undefined
    if (typeof value === 'object' && !Array.isArray(value)) return value as Json
    this.#refuse(field)
    return undefined
  }

  #list(field: ContactField): readonly unknown[] {
    const value = this.#raw[field]
    if (Array.isArray(value)) return value
    if (!isUnset(value)) this.#refuse(field)
    return []
  }

  #refuse(field: ContactField): void {
    this.fault ??= field
  }
}

const isUnset = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0)
