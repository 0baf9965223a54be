import { ImportFailure } from '../../../domain/failures.ts'
import type { GraphPage } from './page.ts'

/** After this many pages in a row without anything new, including empty ones, a listing counts as endless. */
const BARREN_PAGES = 500

export interface LoopGuard {
  /** Whether an earlier page had the same next link: the listing loops, or the server made a mistake. */
  repeats(page: GraphPage): boolean
  /** Records a page. Throws `bad-answer` if page after page brings nothing new, which servers have done. */
  take(page: GraphPage): void
}

/** Watches the pages of one listing. */
export const loopGuard = (): LoopGuard => {
  const links = new Set<string>()
  const beginnings = new Set<string>()
  let barren = 0
  return {
    repeats: ({ next }) => next !== null && links.has(next),
    take: ({ items, next }) => {
      const beginning = items[0]?.id ?? null
      barren = beginning === null || beginnings.has(beginning) ? barren + 1 : 0
      if (beginning !== null) beginnings.add(beginning)
      if (barren >= BARREN_PAGES) throw new ImportFailure('bad-answer')
      if (next !== null) links.add(next)
    },
  }
}
