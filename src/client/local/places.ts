import type { Contact, ContactKey } from '../../domain/contact.ts'

/** Where each contact is in a list. */
export class Places {
  readonly #contacts: () => readonly Contact[]
  #indexed: readonly Contact[] = []
  #places: ReadonlyMap<ContactKey, number> = new Map()

  /** @param contacts the list now; another array once it has changed */
  constructor(contacts: () => readonly Contact[]) {
    this.#contacts = contacts
  }

  /** The index of the contact; undefined if the list does not have it. */
  of(key: ContactKey): number | undefined {
    const contacts = this.#contacts()
    if (contacts !== this.#indexed) {
      this.#places = new Map(contacts.map((contact, index) => [contact.key, index]))
      this.#indexed = contacts
    }
    return this.#places.get(key)
  }

  /** Frees the contacts. */
  clear(): void {
    this.#indexed = []
    this.#places = new Map()
  }
}
