import { ImportFailure } from '../../domain/failures.ts'

/** A hundred times what a device keeps, and more than any mailbox is known to hold. */
export const MOST_ITEMS = 1_000_000

export interface AttemptLimit {
  /** Counts items. Throws `bad-answer` if there are more than the limit in total, because no mailbox has that many. */
  count(items: number): void
}

/** Counts the items that one attempt reads, in all lists that share the limit. */
export const attemptLimit = (most = MOST_ITEMS): AttemptLimit => {
  let left = most
  return {
    count: (items) => {
      left -= items
      if (left < 0) throw new ImportFailure('bad-answer')
    },
  }
}
