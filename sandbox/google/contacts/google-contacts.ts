import { createHash, randomUUID } from 'node:crypto'
import type { PersonFields, StoredPerson } from './google-person.ts'

export interface GoogleContactsOptions {
  /** The same seed gives the same names and ids. */
  readonly seed: string
  /** See `GoogleContacts.generation`. Default: a random one. */
  readonly generation?: string
}

/**
 * The contacts of one Google account, in the order in which they were added. Methods that take a resource name accept
 * the present and the former ones, and throw a `RangeError` if there is no such contact.
 */
export class GoogleContacts {
  /** Distinguishes these contacts from later ones of the same person, for which their sync tokens are void. */
  readonly generation: string
  readonly #seed: string
  readonly #people = new Map<string, StoredPerson>()
  #position = 0
  #counter = 0

  constructor({ seed, generation = randomUUID() }: GoogleContactsOptions) {
    this.#seed = seed
    this.generation = generation
  }

  /** Grows with each change. */
  get position(): number {
    return this.#position
  }

  all(): readonly StoredPerson[] {
    return [...this.#people.values()].filter(({ deleted }) => !deleted)
  }

  find(resourceName: string): StoredPerson | undefined {
    return this.all().find(
      (person) => person.resourceName === resourceName || person.previousResourceNames.includes(resourceName),
    )
  }

  /** `updateTime`: ISO 8601; default: now. */
  add(fields: PersonFields, updateTime?: string): StoredPerson {
    const n = (this.#counter += 1)
    return this.#store(
      {
        resourceName: this.#name(n, 0),
        previousResourceNames: [],
        sourceId: this.#digest('source', n).slice(0, 15),
        profileId: null,
        deleted: false,
        fields,
      },
      updateTime,
    )
  }

  /** Replaces the named fields; an empty array removes one. */
  change(resourceName: string, fields: PersonFields): StoredPerson {
    const person = this.#existing(resourceName)
    return this.#store({ ...person, fields: { ...person.fields, ...fields } })
  }

  remove(resourceName: string): void {
    this.#store({ ...this.#existing(resourceName), deleted: true, fields: {} })
  }

  /** Gives the contact another name, as when Google links it with a profile. Returns the new one. */
  rename(resourceName: string): string {
    const person = this.#existing(resourceName)
    const renamed = this.#store({
      ...person,
      resourceName: this.#name(person.sourceId, person.previousResourceNames.length + 1),
      previousResourceNames: [...person.previousResourceNames, person.resourceName],
      profileId: `1${digitsOf(this.#digest('profile', person.sourceId), 20)}`,
    })
    return renamed.resourceName
  }

  /** The contacts that were added, changed, renamed or removed after a position, oldest change first. */
  changedSince(position: number): readonly StoredPerson[] {
    return [...this.#people.values()]
      .filter(({ changed }) => changed > position)
      .sort((a, b) => a.changed - b.changed)
  }

  #existing(resourceName: string): StoredPerson {
    const person = this.find(resourceName)
    if (person === undefined) throw new RangeError('There is no such contact')
    return person
  }

  #store(
    person: Omit<StoredPerson, 'etag' | 'updateTime' | 'changed'>,
    updateTime = new Date().toISOString(),
  ): StoredPerson {
    const changed = (this.#position += 1)
    const etag = `%${Buffer.from(this.#digest('etag', person.sourceId, changed).slice(0, 40), 'hex').toString('base64')}`
    const stored: StoredPerson = { ...person, etag, updateTime, changed }
    this.#people.set(person.sourceId, stored)
    return stored
  }

  #name(...parts: readonly (string | number)[]): string {
    return `people/c${digitsOf(this.#digest('name', ...parts), 19)}`
  }

  #digest(...parts: readonly (string | number)[]): string {
    return createHash('sha256')
      .update(`${this.#seed}:${parts.join(':')}`)
      .digest('hex')
  }
}

const digitsOf = (hex: string, length: number): string =>
  BigInt(`0x${hex}`).toString().slice(0, length).padEnd(length, '0')
