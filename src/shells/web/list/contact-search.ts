import type { ContactsClient, HitsSoFar } from '../../../index.ts'
import type { Item } from './row-texts.ts'

/** Results of one search: as many as one call returns, and more than a person reads. */
const MOST_RESULTS = 200

/** What a search found. */
export interface Found {
  readonly items: readonly Item[]
  /** Whether there are no further ones. */
  readonly isAll: boolean
  /** Whether a part of the list was not searched yet. */
  readonly isSoFar: boolean
  readonly hasFailed: boolean
}

/**
 * Searches while a person types. Known results are shown at once; while contacts arrive, the rest follows. One
 * question of each kind is asked at a time: what was typed meanwhile is asked next, and an answer to an earlier text is
 * dropped, so a slow client has no queue.
 */
export class ContactSearch {
  readonly #onFound: (found: Found | null) => void
  readonly #isGrowing: () => boolean
  #client: ContactsClient | null = null
  #text = ''
  #isAsking = false
  #isDue = false
  #isCompleting = false

  /**
   * @param onFound called with null when there is no search any more
   * @param isGrowing whether more contacts are on their way: until they are there, it is told that nothing was found so far
   */
  constructor(onFound: (found: Found | null) => void, isGrowing: () => boolean) {
    this.#onFound = onFound
    this.#isGrowing = isGrowing
  }

  get text(): string {
    return this.#text
  }

  search(client: ContactsClient | null, text: string): void {
    this.#client = client
    this.#text = text.trim()
    if (this.#text === '' || client === null) this.#onFound(null)
    else void this.#ask()
  }

  /** A person is about to search: what a client makes for its first search, it makes now. */
  prepare(client: ContactsClient | null): void {
    void client?.find('', 1).catch(() => undefined)
  }

  /** Searches again, because the list has changed. */
  again(): void {
    if (this.#text !== '') void this.#ask()
  }

  async #ask(): Promise<void> {
    this.#isDue = true
    if (this.#isAsking) return
    this.#isAsking = true
    while (this.#isDue && this.#text !== '' && this.#client) {
      this.#isDue = false
      const text = this.#text
      const found = await findNow(this.#client, text)
      if (text !== this.#text) continue
      if (found.items.length > 0 || !found.isSoFar || this.#isGrowing()) this.#onFound(found)
      if (found.isSoFar) void this.#complete()
    }
    this.#isAsking = false
  }

  /** Shows what the whole list has, once that is known. */
  async #complete(): Promise<void> {
    if (this.#isCompleting) return
    this.#isCompleting = true
    for (let text = ''; text !== this.#text && this.#text !== '' && this.#client;) {
      text = this.#text
      const found = await find(this.#client, text)
      if (text === this.#text) this.#onFound(found)
    }
    this.#isCompleting = false
  }
}

const find = (client: ContactsClient, text: string): Promise<Found> =>
  foundBy(client, async () => ({ hits: await client.find(text, MOST_RESULTS), isWhole: true }))

const findNow = (client: ContactsClient, text: string): Promise<Found> =>
  foundBy(client, () => client.findNow(text, MOST_RESULTS))

/** The hits that are still in the list, with their rows. */
const foundBy = async (client: ContactsClient, search: () => Promise<HitsSoFar>): Promise<Found> => {
  try {
    const { hits, isWhole } = await search()
    const { places } = await client.locate(hits.map(({ key }) => key))
    // The list may have changed in between.
    const items = hits.flatMap((hit, at) => {
      const place = places[at]
      return place ? [{ row: place.row, hit }] : []
    })
    return { items, isAll: hits.length < MOST_RESULTS, isSoFar: !isWhole, hasFailed: false }
  } catch {
    return { items: [], isAll: true, isSoFar: false, hasFailed: true }
  }
}
