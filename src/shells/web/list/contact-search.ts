import type { ContactsClient } from '../../../index.ts'
import type { Item } from './row-texts.ts'

/** Results of one search: as many as one call returns, and more than a person reads. */
const MOST_RESULTS = 200

/** What a search found. */
export interface Found {
  readonly items: readonly Item[]
  /** Whether there are no further ones. */
  readonly isAll: boolean
  readonly hasFailed: boolean
}

/**
 * Searches while a person types. One question at a time is asked: what was typed meanwhile is asked next, and an answer to
 * an earlier text is dropped, so a slow client has no queue.
 */
export class ContactSearch {
  readonly #onFound: (found: Found | null) => void
  #text = ''
  #isAsking = false
  #isDue = false

  /** @param onFound called with null when there is no search any more */
  constructor(onFound: (found: Found | null) => void) {
    this.#onFound = onFound
  }

  get text(): string {
    return this.#text
  }

  search(client: ContactsClient | null, text: string): void {
    this.#text = text.trim()
    if (this.#text === '' || client === null) this.#onFound(null)
    else void this.#ask(client)
  }

  /** A person is about to search: what a client makes for its first search, it makes now. */
  prepare(client: ContactsClient | null): void {
    void client?.find('', 1).catch(() => undefined)
  }

  /** Searches again, because the list has changed. */
  again(client: ContactsClient): void {
    if (this.#text !== '') void this.#ask(client)
  }

  async #ask(client: ContactsClient): Promise<void> {
    this.#isDue = true
    if (this.#isAsking) return
    this.#isAsking = true
    while (this.#isDue && this.#text !== '') {
      this.#isDue = false
      const text = this.#text
      const found = await find(client, text)
      if (text === this.#text) this.#onFound(found)
    }
    this.#isAsking = false
  }
}

const find = async (client: ContactsClient, text: string): Promise<Found> => {
  try {
    const hits = await client.find(text, MOST_RESULTS)
    const { places } = await client.locate(hits.map(({ key }) => key))
    // The list may have changed in between.
    const items = hits.flatMap((hit, at) => {
      const place = places[at]
      return place ? [{ row: place.row, hit }] : []
    })
    return { items, isAll: hits.length < MOST_RESULTS, hasFailed: false }
  } catch {
    return { items: [], isAll: true, hasFailed: true }
  }
}
