import { SerialQueue } from '../../async/serial-queue.ts'
import { yieldToEventLoop } from '../../async/yield-to-event-loop.ts'
import type { Contact, ContactKey } from '../../domain/contact.ts'

/** Values indexed in one slice: few enough to take some milliseconds. One contact may have more. */
const SLICE = 200

interface Index {
  add(contact: Contact): void
  remove(key: ContactKey): void
}

/** An index that follows a list. Filled when it is first asked, in slices, and brought up to date before each answer. */
export class FollowingIndex<T extends Index> {
  readonly #make: () => Promise<T>
  readonly #contacts: () => readonly Contact[]
  readonly #queue = new SerialQueue()
  #index: T | null = null
  #indexed: readonly Contact[] = []
  #byKey: ReadonlyMap<ContactKey, Contact> = new Map()

  /** @param make called again if it fails @param contacts the list now; another array once it has changed */
  constructor(make: () => Promise<T>, contacts: () => readonly Contact[]) {
    this.#make = make
    this.#contacts = contacts
  }

  /** Asks the index when it has what the list has. Rejects if the index cannot be made. */
  ask<R>(question: (index: T) => R): Promise<R> {
    // Another update would change the index between an update and its question.
    return this.#queue.run(async () => {
      const index = (this.#index ??= await this.#make())
      while (this.#indexed !== this.#contacts()) await this.#update(index, this.#contacts())
      return question(index)
    })
  }

  /** Frees the index. It is made again when it is next asked. */
  clear(): void {
    void this.#queue.run(() => {
      this.#index = null
      this.#indexed = []
      this.#byKey = new Map()
      return Promise.resolve()
    })
  }

  async #update(index: T, contacts: readonly Contact[]): Promise<void> {
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
