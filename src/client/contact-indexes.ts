import { yieldToEventLoop } from '../async/yield-to-event-loop.ts'
import type { Contact, ContactKey } from '../domain/contact.ts'
import type { DialString } from '../projections/phone-index/dial.ts'
import type { Caller } from '../projections/phone-index/phone-index.ts'
import type { NameOrder } from '../projections/order/name-order.ts'
import type { PhoneSettings } from '../projections/phone-index/read-number.ts'
import type { PhoneIndex } from '../projections/phone-index/phone-index.ts'
import type { Hit } from '../projections/search/hit.ts'
import type { SearchIndex } from '../projections/search/search-index.ts'
import type { Places } from './places.ts'

/** Values indexed in one slice: few enough to take some milliseconds. One contact may have more. */
const SLICE = 200

interface Index {
  add(contact: Contact): void
  remove(key: ContactKey): void
}

/** An index that follows a list. Filled when it is first asked, in slices, and brought up to date before each answer. */
class Following<T extends Index> {
  readonly #made: Promise<T>
  readonly #contacts: () => readonly Contact[]
  #indexed: readonly Contact[] = []
  #byKey: ReadonlyMap<ContactKey, Contact> = new Map()
  #working: Promise<void> = Promise.resolve()

  constructor(made: Promise<T>, contacts: () => readonly Contact[]) {
    this.#made = made
    this.#contacts = contacts
  }

  /** The index, with what the list had at the time of the call, or later. */
  async upToDate(): Promise<T> {
    const index = await this.#made
    // Two updates at once would add a contact twice.
    const update = () => this.#update(index)
    // After a failure as well.
    if (this.#indexed !== this.#contacts()) this.#working = this.#working.then(update, update)
    await this.#working
    return index
  }

  async #update(index: T): Promise<void> {
    const contacts = this.#contacts()
    if (contacts === this.#indexed) return
    const next = new Map(contacts.map((contact) => [contact.key, contact]))
    let count = 0
    const makeRoom = async ({ phones, emails, ims }: Contact) => {
      const values = 1 + phones.length + emails.length + ims.length
      if (count > 0 && count + values > SLICE) {
        count = 0
        await yieldToEventLoop()
      }
      count += values
    }
    for (const [key, contact] of this.#byKey) {
      if (next.get(key) === contact) continue
      await makeRoom(contact)
      index.remove(key)
    }
    for (const [key, contact] of next) {
      if (this.#byKey.get(key) === contact) continue
      await makeRoom(contact)
      index.add(contact)
    }
    this.#byKey = next
    this.#indexed = contacts
  }
}

/**
 * Search and caller lookup over a list. Their modules are loaded when they are first needed: the data about the numbers
 * of all countries takes a tenth of the time in which a command starts.
 */
export class ContactIndexes {
  readonly #contacts: () => readonly Contact[]
  readonly #places: Places
  readonly #phone: PhoneSettings
  readonly #nameOrder: NameOrder
  #search: Following<SearchIndex> | null = null
  #phones: Following<PhoneIndex> | null = null

  /** @param contacts the list now, in its order; another array once it has changed */
  constructor(
    contacts: () => readonly Contact[],
    places: Places,
    phone: PhoneSettings,
    nameOrder: NameOrder,
  ) {
    this.#contacts = contacts
    this.#places = places
    this.#phone = phone
    this.#nameOrder = nameOrder
  }

  async find(text: string, limit: number): Promise<readonly Hit[]> {
    const made = () =>
      import('../projections/search/search-index.ts').then(
        ({ SearchIndex }) => new SearchIndex((key) => this.#places.of(key) ?? Infinity, this.#nameOrder),
      )
    this.#search ??= new Following(made(), this.#contacts)
    return (await this.#search.upToDate()).find(text, limit)
  }

  async whois(number: string): Promise<readonly Caller[]> {
    const made = () =>
      import('../projections/phone-index/phone-index.ts').then(
        ({ PhoneIndex }) => new PhoneIndex(this.#phone),
      )
    this.#phones ??= new Following(made(), this.#contacts)
    return (await this.#phones.upToDate()).whois(number)
  }

  async dial(number: string): Promise<DialString> {
    const { dial } = await import('../projections/phone-index/dial.ts')
    return dial(number, this.#phone)
  }
}
