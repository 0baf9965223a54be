import type { PersonField } from './person-fields.ts'

/** An object of a People API answer, unchecked. */
export type JsonFields = Readonly<Record<string, unknown>>

export const isFields = (value: unknown): value is JsonFields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Reads fields of one person, which may be malicious. A value of the wrong type reads as unset, and its field counts as
 * incomplete. Absent, null and "" count as unset.
 */
export class PersonReader {
  readonly #person: JsonFields
  #malformed: Set<PersonField> | null = null

  constructor(person: JsonFields) {
    this.#person = person
  }

  /** The fields read so far that have a value of a wrong type, or an invalid one. Null if there is none. */
  get malformed(): ReadonlySet<PersonField> | null {
    return this.#malformed
  }

  /** The entries of a field, the primary one first: every field of a person is a list (People API, "Person"). */
  entries(field: PersonField): readonly JsonFields[] {
    const value = this.#person[field]
    if (value === undefined || value === null) return []
    if (!Array.isArray(value)) {
      this.refuse(field)
      return []
    }
    const entries = value.filter((entry: unknown): entry is JsonFields => {
      if (isFields(entry)) return true
      this.refuse(field)
      return false
    })
    return entries.length > 1
      ? entries.toSorted((a, b) => Number(isPrimary(b)) - Number(isPrimary(a)))
      : entries
  }

  text(field: PersonField, entry: JsonFields, key: string): string | undefined {
    const value = entry[key]
    if (typeof value === 'string') return value === '' ? undefined : value
    if (value !== undefined && value !== null) this.refuse(field)
    return undefined
  }

  refuse(field: PersonField): void {
    this.#malformed ??= new Set()
    this.#malformed.add(field)
  }
}

const isPrimary = ({ metadata }: JsonFields): boolean => isFields(metadata) && metadata['primary'] === true
