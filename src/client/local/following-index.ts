import { SerialQueue } from '../../async/serial-queue.ts'
import { SharedTurn } from '../../async/shared-turn.ts'
import type { Contact, ContactKey } from '../../domain/contact.ts'

/** Values indexed in one slice at most: few enough to take some milliseconds. One contact may have more. */
const SLICE = 200

/** Contacts that are indexed before the others for an answer at once. */
const MOST_FIRST = 20

interface Index {
  add(contact: Contact): void
  remove(key: ContactKey): void
}

/** An answer of an index that may lack some of the list. */
export interface AnswerSoFar<R> {
  readonly answer: R
  /** Whether the index had all of the list. */
  readonly isWhole: boolean
}

/** The contacts of a list that an index lacks. */
interface Missing {
  readonly of: readonly Contact[]
  readonly contacts: readonly Contact[]
}

const nothingMissing: Missing = { of: [], contacts: [] }

/** An index that follows a list. Filled when it is first asked, in slices, and brought up to date before each answer. */
export class FollowingIndex<T extends Index> {
  readonly #make: () => Promise<T>
  readonly #contacts: () => readonly Contact[]
  readonly #alsoFollow: (turn: SharedTurn) => Promise<void>
  readonly #queue = new SerialQueue()
  #index: Promise<T> | null = null
  /** The list that the index has whole. */
  #indexed: readonly Contact[] = []
  #byKey = new Map<ContactKey, Contact>()
  #missing: Missing = nothingMissing

  /**
   * @param make called again if it fails
   * @param contacts the list now; another array once it has changed
   * @param alsoFollow brings up to date what else an answer needs, before the index
   */
  constructor(
    make: () => Promise<T>,
    contacts: () => readonly Contact[],
    alsoFollow: (turn: SharedTurn) => Promise<void> = () => Promise.resolve(),
  ) {
    this.#make = make
    this.#contacts = contacts
    this.#alsoFollow = alsoFollow
  }

  /** Asks the index when it has what the list has. Rejects if the index cannot be made. */
  ask<R>(question: (index: T) => R): Promise<R> {
    // Another update would change the index between an update and its question.
    return this.#queue.run(async () => {
      const index = await this.#made()
      while (this.#indexed !== this.#contacts()) await this.#update(index, this.#contacts())
      return question(index)
    })
  }

  /**
   * Asks the index at once: some of the list may be missing, and some of it may have left the list since. It is brought up to
   * date by `ask`. Rejects if the index cannot be made.
   *
   * @param likely makes a quick test for contacts that the answer is about: the first of them are indexed before it
   */
  async askNow<R>(
    question: (index: T, isWhole: boolean) => R,
    likely: (index: T) => (contact: Contact) => boolean,
  ): Promise<AnswerSoFar<R>> {
    const index = await this.#made()
    const isWhole = this.#indexed === this.#contacts()
    if (!isWhole) this.#addFirst(index, likely(index))
    return { answer: question(index, isWhole), isWhole }
  }

  /** Frees the index. It is made again when it is next asked. */
  clear(): void {
    void this.#queue.run(() => {
      this.#index = null
      this.#indexed = []
      this.#byKey = new Map()
      this.#missing = nothingMissing
      return Promise.resolve()
    })
  }

  /** Makes the index if there is none; again if that failed. */
  async #made(): Promise<T> {
    const made = (this.#index ??= this.#make())
    try {
      return await made
    } catch (error) {
      if (this.#index === made) this.#index = null
      throw error
    }
  }

  /** Ends early if the list changes meanwhile. */
  async #update(index: T, contacts: readonly Contact[]): Promise<void> {
    const turn = new SharedTurn()
    // What follows the list, or asks for an answer at once, goes first.
    await turn.next()
    const isOver = () => contacts !== this.#contacts()
    // The index soon has some of two lists, and the earlier one may come back, as after a cancel.
    this.#indexed = []
    this.#missing = nothingMissing
    await this.#alsoFollow(turn)
    const missing = await this.#missingOf(contacts, turn)
    let count = 0
    const makeRoom = async ({ phones, emails, ims }: Contact) => {
      const values = 1 + phones.length + emails.length + ims.length
      if (count > 0 && (count + values > SLICE || turn.isOver)) {
        count = 0
        await turn.next()
      }
      count += values
    }
    for (const contact of missing) {
      if (this.#has(contact)) continue
      await makeRoom(contact)
      if (isOver()) return
      this.#add(index, contact)
    }
    // Keys are unique, so equal numbers mean that the index has no other contact.
    const keys = this.#byKey.size === contacts.length ? null : new Set(contacts.map(({ key }) => key))
    for (const [key, contact] of keys ? this.#byKey : []) {
      if (keys?.has(key)) continue
      await makeRoom(contact)
      if (isOver()) return
      index.remove(key)
      this.#byKey.delete(key)
    }
    this.#indexed = contacts
    this.#missing = nothingMissing
  }

  /** Looked up in slices, for that takes a slow device longer than a turn. Ends early if the list changes. */
  async #missingOf(contacts: readonly Contact[], turn: SharedTurn): Promise<readonly Contact[]> {
    const missing: Contact[] = []
    for (const [at, contact] of contacts.entries()) {
      if (at % SLICE === 0 && turn.isOver) await turn.next()
      if (contacts !== this.#contacts()) return []
      if (!this.#has(contact)) missing.push(contact)
    }
    this.#missing = { of: contacts, contacts: missing }
    return missing
  }

  #addFirst(index: T, isLikely: (contact: Contact) => boolean): void {
    const contacts = this.#contacts()
    const missing = this.#missing.of === contacts ? this.#missing.contacts : contacts
    this.#indexed = []
    let room = MOST_FIRST
    for (const contact of missing) {
      if (!isLikely(contact) || this.#has(contact)) continue
      this.#add(index, contact)
      if (--room === 0) return
    }
  }

  #has(contact: Contact): boolean {
    return this.#byKey.get(contact.key) === contact
  }

  #add(index: T, contact: Contact): void {
    index.add(contact)
    this.#byKey.set(contact.key, contact)
  }
}
