import type { Contact } from '../domain/contact.ts'
import { orderEntry } from './sort-contacts.ts'
import type { ContactOrder, OrderEntry } from './sort-contacts.ts'

/** Contacts sorted in one slice: few enough to take a millisecond or two. */
const SLICE = 500

/**
 * Contacts that are sorted for display bit by bit, while there is time. Each is sorted once, among the contacts that
 * came with it; then sorted runs of similar length are merged, which takes a fraction of the comparisons of sorting
 * them again.
 */
export class PresortedContacts {
  readonly #order: ContactOrder
  readonly #all = new Set<Contact>()
  #unsorted: Contact[] = []
  /** The last ones are merged first. */
  #runs: OrderEntry[][] = []
  #working: Promise<void> = Promise.resolve()

  constructor(order: ContactOrder) {
    this.#order = order
  }

  get size(): number {
    return this.#all.size
  }

  /** Adds the contacts that are not among these yet. They are sorted later. */
  add(contacts: Iterable<Contact>): void {
    for (const contact of this.#new(contacts)) this.#unsorted.push(contact)
  }

  /** The same, for contacts that are in display order. */
  addSorted(contacts: Iterable<Contact>): void {
    this.#runs.push(Array.from(this.#new(contacts), orderEntry))
  }

  /** Sorts what was added, slice by slice, as long as `goesOn`. Yields to other work after each slice. */
  sort(otherWork: () => Promise<void>, goesOn: () => boolean = () => true): Promise<void> {
    const work = async () => {
      while (this.#unsorted.length > 0 && goesOn()) {
        const slice = this.#unsorted.splice(-SLICE)
        this.#runs.push(slice.map(orderEntry).sort(this.#compare))
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

  readonly #compare = (a: OrderEntry, b: OrderEntry): number => this.#order.compare(a, b)

  /** Two works at once would sort into each other's runs. */
  #afterwards(work: () => Promise<void>): Promise<void> {
    this.#working = this.#working.then(work)
    return this.#working
  }

  async #mergeLast(otherWork: () => Promise<void>): Promise<void> {
    // Out of the list at once, because runs may be added while they are merged.
    const [some = [], others = []] = this.#runs.splice(-2)
    this.#runs.push(await merge(some, others, this.#compare, otherWork))
  }
}

/** Runs are merged once the shorter one is more than half as long: so each contact is in few merges. */
const isOfSimilarLength = (last: readonly unknown[] = [], before?: readonly unknown[]): boolean =>
  before !== undefined && 2 * last.length > before.length

/** Merges sorted runs. If one is much shorter, it takes few comparisons for each of its items and none for the others. */
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

/** The end of the items from `start` on that are less: doubling steps find a part that holds it, and halving steps the place. */
export const endOfLess = <T>(items: readonly T[], start: number, isLess: (item: T) => boolean): number => {
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
