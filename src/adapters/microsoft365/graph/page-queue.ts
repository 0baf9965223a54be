import type { GraphPage } from './page.ts'
import { skipIn } from './skip-links.ts'

/** A list to read to its end. */
export interface PagedList {
  /** The link to its first page, or to the page at which to resume. */
  readonly first: string
  /** The link to the page at a `$skip`, of a size; null if pages can only be reached link by link. */
  readonly at: ((skip: number, size: number) => string) | null
  /** The `$skip` of `first`. */
  readonly skip: number
  /** The reported number of items; null if unknown. */
  readonly expected: number | null
}

/** A page of a list that is requested, or will be. */
export interface Slot {
  link: string
  readonly skip: number | null
  readonly size: number
  answer: Promise<GraphPage> | null
  /** The answer, once it is there. */
  page?: GraphPage
  /** Requested a second time, because its next link led back. */
  readonly isRepeated?: true
}

/** Maximum number of pages that are requested or have arrived before their turn. */
export const AHEAD = 8
/**
 * The pages of the slots if all have been answered and each links to the next one, up to the end of the list; null
 * otherwise.
 */
export const chainOf = (list: PagedList, slots: readonly Slot[]): readonly GraphPage[] | null => {
  const pages = slots.map(({ page }) => page)
  const isChain = slots.every((slot, index) => {
    const { page } = slot
    if (page === undefined || list.at === null) return false
    const following = slots[index + 1]
    if (page.next === null || following === undefined) return page.next === null && following === undefined
    return skipAfter(list, slot, page.next) === following.skip
  })
  return isChain ? pages.filter((page) => page !== undefined) : null
}

/** The pages that a list probably has. */
export const predicted = (list: PagedList, size: number): Slot[] => {
  const { first, at, skip, expected } = list
  const queue: Slot[] = [{ link: first, skip: at === null ? null : skip, size, answer: null }]
  if (at === null) return queue
  if (skip === 0) queue[0] = { link: at(0, size), skip, size, answer: null }
  predict(queue, { skip, size, end: expected ?? 0 }, (to) => at(to, size))
  return queue
}

/** The `$skip` of the next link if it leads to the predicted page; null otherwise. */
export const skipAfter = ({ at }: PagedList, { skip, size }: Slot, next: string): number | null => {
  if (at === null || skip === null) return null
  return skipIn(next, at(skip, size)) === skip + size ? skip + size : null
}

/** Fills a queue whose first page is at `skip` with the pages after it, up to the end of the list. */
export const predict = (
  queue: Slot[],
  { skip, size, end }: { readonly skip: number; readonly size: number; readonly end: number },
  at: (skip: number) => string,
): void => {
  for (let to = skip + queue.length * size; to < end && queue.length < AHEAD; to += size)
    queue.push({ link: at(to), skip: to, size, answer: null })
}
