import type { SharedTurn } from '../../async/shared-turn.ts'
import type { Contact, ContactKey } from '../../domain/contact.ts'

/** Contacts that are placed between two looks at the clock. */
const SLICE = 250

/** Where each contact is in a list. */
export class Places {
  readonly #contacts: () => readonly Contact[]
  #indexed: readonly Contact[] = []
  /** Kept from list to list: to change its numbers takes a tenth of the time that a new Map takes. */
  readonly #places = new Map<ContactKey, number>()

  /** @param contacts the list now; another array once it has changed */
  constructor(contacts: () => readonly Contact[]) {
    this.#contacts = contacts
  }

  /** The indexes of those contacts that the list has. If it was not indexed, it is searched. */
  of(keys: readonly ContactKey[]): ReadonlyMap<ContactKey, number> {
    const contacts = this.#contacts()
    return contacts === this.#indexed ? this.#indexedOf(keys) : searched(contacts, keys)
  }

  /** The index of a contact in a list that was indexed lately; undefined if it was not there. */
  lately(key: ContactKey): number | undefined {
    if (this.#places.size === 0)
      this.#contacts().forEach((contact, index) => this.#places.set(contact.key, index))
    return this.#places.get(key)
  }

  /** Indexes the list, which takes a slow device longer than a turn. Ends early if the list changes. */
  async index(turn: SharedTurn): Promise<void> {
    const contacts = this.#contacts()
    if (contacts === this.#indexed) return
    // The numbers soon are of two lists, and the earlier one may come back, as after a cancel.
    this.#indexed = []
    await this.#place(contacts, turn)
    if (contacts === this.#contacts() && this.#places.size > contacts.length) {
      // Some are gone from the list.
      this.#places.clear()
      await this.#place(contacts, turn)
    }
    if (contacts === this.#contacts()) this.#indexed = contacts
  }

  /** Frees the contacts. */
  clear(): void {
    this.#indexed = []
    this.#places.clear()
  }

  async #place(contacts: readonly Contact[], turn: SharedTurn): Promise<void> {
    for (const [index, { key }] of contacts.entries()) {
      if (index % SLICE === 0 && turn.isOver) await turn.next()
      if (contacts !== this.#contacts()) return
      this.#places.set(key, index)
    }
  }

  #indexedOf(keys: readonly ContactKey[]): ReadonlyMap<ContactKey, number> {
    const found = new Map<ContactKey, number>()
    for (const key of keys) {
      const place = this.#places.get(key)
      if (place !== undefined) found.set(key, place)
    }
    return found
  }
}

const searched = (
  contacts: readonly Contact[],
  keys: readonly ContactKey[],
): ReadonlyMap<ContactKey, number> => {
  const wanted = new Set(keys)
  const found = new Map<ContactKey, number>()
  for (let index = 0; index < contacts.length && found.size < wanted.size; index++) {
    const { key } = contacts[index] as Contact
    if (wanted.has(key)) found.set(key, index)
  }
  return found
}
