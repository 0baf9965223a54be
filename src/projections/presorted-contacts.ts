import type { Contact } from '../domain/contact.ts'
import { displayComparison, displayEntry } from './sort-contacts.ts'
import type { DisplayEntry } from './sort-contacts.ts'

/** Contacts sorted in one slice: few enough to take a millisecond or two. */
const SLICE = 500

/**
 * Contacts that are sorted for display bit by bit, while there is time. Each is sorted once, with the contacts that arrived
 * with it. Then sorted runs of similar length are merged, which takes a fraction of the comparisons that sorting them again
 * would take.
 */
export class PresortedContacts {
  readonly #locale: string | undefined
  #comparison: ReturnType<typeof displayComparison> | null = null
  readonly #all = new Set<Contact>()
  #unsorted: Contact[] = []
  /** Sorted runs. The last ones are merged first. */
  #runs: DisplayEntry[][] = []
  #working: Promise<void> = Promise.resolve()

  /** @param locale BCP 47; the runtime's locale by default */
  constructor(locale?: string) {
    this.#locale = locale
  }

  get size(): number {
    return this.#all.size
  }

  /** Adds contacts, to be sorted later. Skips those that were added before. */
  add(contacts: Iterable<Contact>): void {
    for (const contact of this.#new(contacts)) this.#unsorted.push(contact)
  }

  /** The same, for contacts that are already in display order. */
  addSorted(contacts: Iterable<Contact>): void {
    this.#runs.push(Array.from(this.#new(contacts), displayEntry))
  }

  /** Sorts added contacts slice by slice, as long as `goesOn` returns true. Yields to other work after each slice. */
  sort(otherWork: () => Promise<void>, goesOn: () => boolean = () => true): Promise<void> {
    const work = async () => {
      while (this.#unsorted.length > 0 && goesOn()) {
        const slice = this.#unsorted.splice(-SLICE)
        this.#runs.push(slice.map(displayEntry).sort(this.#compare))
        await otherWork()
        while (goesOn() && isOfSimilarLength(this.#runs.at(-1), this.#runs.at(-2)))
          await this.#mergeLast(otherWork)
      }
    }
    return this.#afterwards(work)
  }

  /** All contacts in display order. Yields to other work after each slice. */
  async inOrder(otherWork: () => Promise<void>): Promise<readonly Contact[]> {
    await this.sort(otherWork)
    await this.#afterwards(async () => {
      while (this.#runs.length > 1) await this.#mergeLast(otherWork)
    })
    return (this.#runs[0] ?? []).map(({ contact }) => contact)
  }

  *#new(contacts: Iterable<Contact>): Iterable<Contact> {
    for (const contact of contacts) {
      if (this.#all.has(contact)) continue
      this.#all.add(contact)
      yield contact
    }
  }

  /** Created on first use, because loading the rules of a language takes 7 ms. */
  get #compare() {
    return (this.#comparison ??= displayComparison(this.#locale))
  }

  /** Runs one task after the other: two at the same time would change each other's runs. */
  #afterwards(work: () => Promise<void>): Promise<void> {
    this.#working = this.#working.then(work)
    return this.#working
  }

  async #mergeLast(otherWork: () => Promise<void>): Promise<void> {
    // Removed from the list first, because runs may be added during the merge.
    const [some = [], others = []] = this.#runs.splice(-2)
    this.#runs.push(await merge(some, others, this.#compare, otherWork))
  }
}

/** Runs are merged if the shorter one is more than half as long as the other, so that each contact is in few merges. */
const isOfSimilarLength = (last: readonly unknown[] = [], before?: readonly unknown[]): boolean =>
  before !== undefined && 2 * last.length > before.length

/** Merges sorted runs. If one is much shorter, each of its items takes few comparisons, and the other items take none. */
const merge = async <T>(
  some: readonly T[],
  others: readonly T[],
  compare: (a: T, b: T) => number,
  otherWork: () => Promise<void>,
): Promise<T[]> => {
  const [long, short] = some.length < others.length ? [others, some] : [some, others]
  const merged: T[] = []
  let taken = 0
  for (const [index, item] of short.entries()) {
    const end = endOfLess(long, taken, (other) => compare(other, item) < 0)
    while (taken < end) merged.push(long[taken++] as T)
    merged.push(item)
    if (index % SLICE === SLICE - 1) await otherWork()
  }
  while (taken < long.length) merged.push(long[taken++] as T)
  return merged
}

/** The end of the items from `start` on that are less: found with doubling steps, then with a binary search. */
const endOfLess = <T>(items: readonly T[], start: number, isLess: (item: T) => boolean): number => {
  let step = 1
  let low = start
  while (low + step <= items.length && isLess(items[low + step - 1] as T)) {
    low += step
    step *= 2
  }
  let high = Math.min(low + step - 1, items.length)
  while (low < high) {
    const middle = (low + high) >> 1
    if (isLess(items[middle] as T)) low = middle + 1
    else high = middle
  }
  return low
}
