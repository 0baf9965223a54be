import type { ContactsClient, HitsSoFar } from '../../../index.ts'
import { hasArriving } from './list-state.ts'
import type { Item } from './row-texts.ts'

/** Results of one search: as many as one call returns, and more than a person reads. */
const MOST_RESULTS = 200

/** What a search found. */
export interface Found {
  readonly items: readonly Item[]
  /** Whether there are no further ones. */
  readonly isAll: boolean
  /** Whether there may be others: a part of the list was not searched yet, or more contacts are on their way. */
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
  #client: ContactsClient | null = null
  #text = ''
  /** The text whose results are shown. */
  #shown = ''
  /** Done once the results of the text are shown. */
  #next: (() => void) | null = null
  /** The list when it was last searched. */
  #state = ''
  #isAsking = false
  #isDue = false
  #isCompleting = false
  #isRestDue = false

  /** @param onFound called with null when there is no search any more */
  constructor(onFound: (found: Found | null) => void) {
    this.#onFound = onFound
  }

  get text(): string {
    return this.#text
  }

  search(client: ContactsClient | null, text: string): void {
    this.#client = client
    this.#text = text.trim()
    this.#next = null
    if (this.#text === '' || client === null) this.#show(null)
    else void this.#ask()
  }

  /** A person is about to search: what a client makes for its first search, it makes now. */
  prepare(client: ContactsClient | null): void {
    void client?.find('', 1).catch(() => undefined)
  }

  /** Searches the whole list again if it has changed, or if contacts begin or end to arrive. */
  update(): void {
    // In a turn of its own: in this one, the list shows what has changed.
    setTimeout(() => {
      if (this.#text === '' || !this.#client || this.#state === stateOf(this.#client)) return
      this.#state = stateOf(this.#client)
      void this.#complete()
    })
  }

  /** Does something with the results of the text: now, or once they are shown. Another text drops it. */
  whenShown(action: () => void): void {
    if (this.#shown === this.#text) action()
    else this.#next = action
  }

  async #ask(): Promise<void> {
    this.#isDue = true
    if (this.#isAsking) return
    this.#isAsking = true
    while (this.#isDue && this.#text !== '' && this.#client) {
      this.#isDue = false
      this.#state = stateOf(this.#client)
      const text = this.#text
      // Asked before: if the last contacts come meanwhile, the answer does not know them.
      const isMoreComing = isGrowing(this.#client)
      const found = await findNow(this.#client, text)
      if (text !== this.#text) continue
      if (found.items.length > 0 || !found.isSoFar || isMoreComing)
        this.#show({ ...found, isSoFar: found.isSoFar || isMoreComing })
      if (found.isSoFar) void this.#complete()
    }
    this.#isAsking = false
  }

  /** Shows what the whole list has, once that is known. */
  async #complete(): Promise<void> {
    this.#isRestDue = true
    if (this.#isCompleting) return
    this.#isCompleting = true
    while (this.#isRestDue && this.#text !== '' && this.#client) {
      this.#isRestDue = false
      const { text } = this
      const client = this.#client
      const found = await find(client, text)
      if (text === this.#text) this.#show({ ...found, isSoFar: isGrowing(client) })
    }
    this.#isCompleting = false
  }

  #show(found: Found | null): void {
    const next = this.#next
    this.#next = null
    this.#shown = found === null ? '' : this.#text
    this.#onFound(found)
    next?.()
  }
}

/** Another one after each change that a search has to follow. */
const stateOf = (client: ContactsClient): string => `${client.list.get().version} ${isGrowing(client)}`

const isGrowing = ({ accounts, list }: ContactsClient): boolean => hasArriving(accounts.get(), list.get())

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
