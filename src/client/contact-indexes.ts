import { yieldToEventLoop } from '../async/yield-to-event-loop.ts'
import type { Contact, ContactKey } from '../domain/contact.ts'
import { PhoneIndex } from '../projections/phone-index/phone-index.ts'
import type { Caller } from '../projections/phone-index/phone-index.ts'
import type { PhoneSettings } from '../projections/phone-index/read-number.ts'
import type { Hit } from '../projections/search/hit.ts'
import type { Places } from './places.ts'
import { SearchIndex } from '../projections/search/search-index.ts'

/** Values indexed in one slice: few enough to take some milliseconds. A contact may have a thousand numbers. */
const SLICE = 200

interface Index {
  add(contact: Contact): void
  remove(key: ContactKey): void
}

/** An index that follows a list. Filled when it is first asked, in slices, and brought up to date before each answer. */
class Following<T extends Index> {
  readonly index: T
  readonly #contacts: () => readonly Contact[]
  #indexed: readonly Contact[] = []
  #byKey: ReadonlyMap<ContactKey, Contact> = new Map()
  #working: Promise<void> = Promise.resolve()

  constructor(index: T, contacts: () => readonly Contact[]) {
    this.index = index
    this.#contacts = contacts
  }

  /** Resolves when the index has what the list had at the time of the call, or later. */
  async follow(): Promise<void> {
    if (this.#indexed === this.#contacts()) return this.#working
    // Two updates at once would add a contact twice.
    this.#working = this.#working.then(() => this.#update())
    await this.#working
  }

  async #update(): Promise<void> {
    const contacts = this.#contacts()
    if (contacts === this.#indexed) return
    const next = new Map(contacts.map((contact) => [contact.key, contact]))
    let count = 0
    const pause = async ({ phones, emails }: Contact) => {
      count += 1 + phones.length + emails.length
      if (count < SLICE) return
      count = 0
      await yieldToEventLoop()
    }
    for (const [key, contact] of this.#byKey) {
      if (next.get(key) === contact) continue
      this.index.remove(key)
      await pause(contact)
    }
    for (const [key, contact] of next) {
      if (this.#byKey.get(key) === contact) continue
      this.index.add(contact)
      await pause(contact)
    }
    this.#byKey = next
    this.#indexed = contacts
  }
}

/** Search and caller lookup over a list. */
export class ContactIndexes {
  readonly #search: Following<SearchIndex>
  readonly #phones: Following<PhoneIndex>

  /** @param contacts the list now, in its order; another array once it has changed */
  constructor(contacts: () => readonly Contact[], places: Places, phone: PhoneSettings) {
    this.#search = new Following(new SearchIndex((key) => places.of(key) ?? Infinity), contacts)
    this.#phones = new Following(new PhoneIndex(phone), contacts)
  }

  async find(text: string, limit: number): Promise<readonly Hit[]> {
    await this.#search.follow()
    return this.#search.index.find(text, limit)
  }

  async whois(number: string): Promise<readonly Caller[]> {
    await this.#phones.follow()
    return this.#phones.index.whois(number)
  }
}
