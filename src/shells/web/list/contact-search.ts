import type { ContactsClient, HitsSoFar } from '../../../index.ts'
import { hasArriving } from './list-state.ts'
import type { Item } from './row-texts.ts'

/** Results of one search: as many as one call returns, and more than a person reads. */
const MOST_RESULTS = 200

/** Results that are shown at once while contacts arrive: more than a screen has. */
const MOST_AT_ONCE = 30

/** What a search found. */
export interface Found {
  readonly text: string
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

  /** @param onFound called with null when there is no search any more */
  constructor(onFound: (found: Found | null) => void) {
    this.#onFound = onFound
  }

  get text(): string {
    return this.#text
  }

  search(client: ContactsClient | null, text: string): void {
    this.#client = client
    // Signs alone are the beginning of a number or a name.
    this.#text = /[\p{L}\p{N}\p{So}]/u.test(text) ? text.trim() : ''
    this.#next = null
    if (this.#text === '' || client === null) this.#show(null)
    else void this.#ask()
  }

  /** A person is about to search: what a client makes for its first search, it makes now. */
  prepare(client: ContactsClient | null): void {
    void client?.find('', 1).catch(() => undefined)
  }

  /** Searches the whole list again: it may have changed, or contacts begin or end to arrive. */
  update(): void {
    // In a turn of its own: in this one, the list shows what has changed.
    setTimeout(() => void this.#complete())
  }

  /** Does something with the results of the text: now, or once they are shown. Another text drops it. */
  whenShown(action: () => void): void {
    if (this.#shown === this.#text) action()
    else this.#next = action
  }

  /** Shows the first results. */
  readonly #ask = oneAtATime(async () => {
    const text = this.#text
    const client = this.#client
    if (text === '' || !client) return
    // Asked before: if the last contacts come meanwhile, the answer does not know them.
    const isMoreComing = isGrowing(client)
    // Few at first: an import leaves little time.
    const most = isMoreComing ? MOST_AT_ONCE : MOST_RESULTS
    const found = await foundBy(client, text, () => client.findNow(text, most))
    if (text !== this.#text) return
    const isSoFar = found.isSoFar || isMoreComing
    if (found.items.length > 0 || !found.isSoFar || isMoreComing) this.#show({ ...found, isSoFar })
    if (isSoFar) void this.#complete()
  })

  /** Shows what the whole list has, once that is known. */
  readonly #complete = oneAtATime(async () => {
    const text = this.#text
    const client = this.#client
    if (text === '' || !client) return
    const found = await find(client, text)
    if (text === this.#text) this.#show({ ...found, isSoFar: isGrowing(client) })
  })

  #show(found: Found | null): void {
    const next = this.#next
    this.#next = null
    this.#shown = found === null ? '' : this.#text
    this.#onFound(found)
    next?.()
  }
}

/** Runs once more if it was asked to meanwhile. */
const oneAtATime = (work: () => Promise<void>): (() => Promise<void>) => {
  let isDue = false
  let isRunning = false
  return async () => {
    isDue = true
    if (isRunning) return
    isRunning = true
    try {
      while (isDue) {
        isDue = false
        await work()
      }
    } finally {
      isRunning = false
    }
  }
}

const isGrowing = ({ accounts, list }: ContactsClient): boolean => hasArriving(accounts.get(), list.get())

const find = (client: ContactsClient, text: string): Promise<Found> =>
  foundBy(client, text, async () => ({ hits: await client.find(text, MOST_RESULTS), isWhole: true }))

/** The hits that are still in the list, with their rows. */
const foundBy = async (
  client: ContactsClient,
  text: string,
  search: () => Promise<HitsSoFar>,
): Promise<Found> => {
  try {
    const { hits, isWhole } = await search()
    const { places } = await client.locate(hits.map(({ key }) => key))
    // The list may have changed in between.
    const items = hits.flatMap((hit, at) => {
      const place = places[at]
      return place ? [{ row: place.row, hit }] : []
    })
    return { text, items, isAll: hits.length < MOST_RESULTS, isSoFar: !isWhole, hasFailed: false }
  } catch {
    return { text, items: [], isAll: true, isSoFar: false, hasFailed: true }
  }
}
