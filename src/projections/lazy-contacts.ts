import type { Contact } from '../domain/contact.ts'

/** Contacts of a saved view, some at a time: a screen is shown long before 10,000 contacts are read. */
export type ContactParts = readonly (() => readonly Contact[])[]

/**
 * A list as it was saved, in display order. Each part of it is read once, when something in it is wanted:
 * a screen wants the first, whoever asks for an id wants all.
 */
export class LazyContacts implements ReadonlyMap<string, Contact> {
  readonly size: number
  /** The locale of the order. */
  readonly locale: string
  /** Those that were not read yet. */
  readonly #parts: (ContactParts[number] | undefined)[]
  readonly #read: (readonly Contact[])[] = []
  #inOrder: readonly Contact[] | null = null
  #byId: ReadonlyMap<string, Contact> | null = null

  constructor(size: number, locale: string, parts: ContactParts) {
    this.size = size
    this.locale = locale
    this.#parts = [...parts]
  }

  /** All of them, in display order. */
  get inOrder(): readonly Contact[] {
    return (this.#inOrder ??= this.#parts.flatMap((_, index) => this.#part(index)))
  }

  /** The first ones in display order. */
  first(count: number): readonly Contact[] {
    const first: Contact[] = []
    for (let index = 0; index < this.#parts.length && first.length < count; index++)
      first.push(...this.#part(index))
    return first.slice(0, count)
  }

  /** Reads all of it, and lets other work go on after each part. */
  async readAhead(otherWork: () => Promise<void>): Promise<void> {
    for (let index = this.#read.length; index < this.#parts.length; index++) {
      this.#part(index)
      await otherWork()
    }
  }

  get(id: string): Contact | undefined {
    return this.#all.get(id)
  }

  has(id: string): boolean {
    return this.#all.has(id)
  }

  forEach(each: (contact: Contact, id: string, contacts: ReadonlyMap<string, Contact>) => void): void {
    this.#all.forEach((contact, id) => each(contact, id, this))
  }

  entries() {
    return this.#all.entries()
  }

  keys() {
    return this.#all.keys()
  }

  values() {
    return this.#all.values()
  }

  [Symbol.iterator]() {
    return this.#all.entries()
  }

  get #all(): ReadonlyMap<string, Contact> {
    return (this.#byId ??= new Map(this.inOrder.map((contact) => [contact.id, contact])))
  }

  #part(index: number): readonly Contact[] {
    const contacts = (this.#read[index] ??= this.#parts[index]?.() ?? [])
    // Lets go of what it was read from.
    this.#parts[index] = undefined
    return contacts
  }
}
