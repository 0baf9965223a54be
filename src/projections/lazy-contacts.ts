import type { Contact } from '../domain/contact.ts'
import type { OrderSetting } from './sort-contacts.ts'

/** The parts of a saved list, each read when needed. */
export type ContactParts = readonly (() => readonly Contact[])[]

/**
 * A saved list in display order. Reads each part once, when it is needed: a screen needs only the first part, so it
 * is shown long before 10,000 contacts are read; a lookup by id needs all parts.
 */
export class LazyContacts implements ReadonlyMap<string, Contact> {
  readonly size: number
  /** What the contacts are in the order of. */
  readonly order: OrderSetting
  /** Parts that have not been read yet. */
  readonly #parts: (ContactParts[number] | undefined)[]
  readonly #read: (readonly Contact[])[] = []
  #inOrder: readonly Contact[] | null = null
  #byId: ReadonlyMap<string, Contact> | null = null

  constructor(size: number, order: OrderSetting, parts: ContactParts) {
    this.size = size
    this.order = order
    this.#parts = [...parts]
  }

  /** All contacts, in display order. */
  get inOrder(): readonly Contact[] {
    return (this.#inOrder ??= this.#parts.flatMap((_, index) => this.#part(index)))
  }

  /** The first contacts in display order. */
  first(count: number): readonly Contact[] {
    const first: Contact[] = []
    for (let index = 0; index < this.#parts.length && first.length < count; index++)
      first.push(...this.#part(index))
    return first.slice(0, count)
  }

  /** Reads all parts and yields to other work after each. */
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
    // Releases the text from which the part was read.
    this.#parts[index] = undefined
    return contacts
  }
}
