/** The sizes of the pages that one attempt requests: a page that keeps failing is requested in halves. */
export interface PageSizes {
  /** Items on the next page. */
  readonly size: number
  /** The size to begin with next time; undefined if the usual one works. */
  readonly remembered: number | undefined
  /** Whether the next page is a part of one that failed. */
  readonly isInDoubt: boolean
  /** Whether smaller pages would not help a list whose pages can only be reached by their links. */
  readonly isExhausted: boolean
  /** The page of this size at this `$skip` was answered. */
  answered(skip: number, size: number): void
  /** The page at this `$skip` keeps failing. Returns false if it has only one item, which therefore cannot be read. */
  failed(skip: number): boolean
  /** The single item at this `$skip` is left out. */
  passOver(skip: number): void
  /** The list is at its end, or left out. A doubt in it says nothing about the next list. */
  ended(): void
  /** A page that can only be reached by its link keeps failing: all lists are read again, in smaller pages. */
  shrink(): void
}

/**
 * Some mailboxes answer no page above a certain size, and a damaged contact makes every page fail that contains it.
 * Halving the page finds either: the size that works, or the contact. After the page that failed, pages are as large
 * as the largest that ever worked.
 *
 * @param usual the largest size
 * @param first the size to begin with, if a larger one has failed before
 */
export const pageSizes = (usual: number, first = usual): PageSizes => {
  let size = Math.min(first, usual)
  let largest = 0
  /** The `$skip` after the smallest page that failed; 0 if none is in doubt. */
  let doubtful = 0
  /** The size to return to once nothing is in doubt: a damaged item explains the failures of larger pages. */
  let returnTo = 0
  let before = size
  const start = size
  let hasShrunk = false

  const goOnFrom = (skip: number) => {
    if (doubtful === 0) return
    if (skip >= doubtful) {
      doubtful = 0
      size = Math.max(size, largest, returnTo)
      returnTo = 0
    } else if (doubtful - skip <= size) size = half(doubtful - skip)
  }

  return {
    get size() {
      return size
    },
    get remembered() {
      // A size that is only used to find a damaged item is not remembered.
      const works = doubtful === 0 ? size : Math.max(largest, returnTo) || start
      return works < usual ? works : undefined
    },
    get isInDoubt() {
      return doubtful > 0
    },
    get isExhausted() {
      return size === 1 || (hasShrunk && largest >= size)
    },
    answered: (skip, answered) => {
      largest = Math.max(largest, answered)
      goOnFrom(skip + answered)
    },
    failed: (skip) => {
      if (size === 1) return false
      if (doubtful === 0) before = size
      doubtful = skip + size
      size = half(size)
      return true
    },
    passOver: (skip) => {
      returnTo = before
      goOnFrom(skip + 1)
    },
    ended: () => {
      goOnFrom(Infinity)
    },
    shrink: () => {
      // Each further listing costs as much as the last one, so pages shrink to an eighth.
      for (let times = 0; times < 3; times++) size = half(size)
      hasShrunk = true
      largest = 0
      doubtful = 0
      returnTo = 0
    },
  }
}

const half = (size: number): number => Math.max(1, Math.floor(size / 2))
