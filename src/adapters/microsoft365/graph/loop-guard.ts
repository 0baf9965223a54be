import { ImportFailure } from '../../../domain/failures.ts'
import { attemptLimit } from '../../http/attempt-limit.ts'
import type { GraphPage } from './page.ts'

/** After this many pages in a row without anything new, including empty ones, a listing counts as endless. */
const BARREN_PAGES = 500

export interface LoopGuard {
  /** Whether an earlier page had the same next link: the listing loops, or the server made a mistake. */
  repeats(page: GraphPage): boolean
  /**
   * Records a page. Throws `bad-answer` if page after page brings no id that is new, which servers have done, or if
   * the limit is exceeded.
   */
  take(page: GraphPage): void
}

/** Watches the pages of one listing. Lists that share a limit are counted together. */
export const loopGuard = (limit = attemptLimit()): LoopGuard => {
  const links = new Set<string>()
  const ids = new Set<string>()
  let barren = 0
  return {
    repeats: ({ next }) => next !== null && links.has(next),
    take: ({ items, next }) => {
      limit.count(items.length)
      const before = ids.size
      for (const { id } of items) if (id !== null) ids.add(id)
      barren = ids.size > before ? 0 : barren + 1
      if (barren >= BARREN_PAGES) throw new ImportFailure('bad-answer')
      if (next !== null) links.add(next)
    },
  }
}
