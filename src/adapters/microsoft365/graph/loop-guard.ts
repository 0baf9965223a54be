import { ImportFailure } from '../../../domain/failures.ts'
import type { GraphPage } from './page.ts'

/** Pages without anything new, empty ones included, after which a listing is taken to be endless. */
const BARREN_PAGES = 500

export interface LoopGuard {
  /** Whether the link after this page was given before: then the listing runs in a circle, or its server erred. */
  repeats(page: GraphPage): boolean
  /** Takes a page in. Throws `bad-answer` where page after page brings nothing new, which has been seen. */
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
      const beginning = idOf(items[0])
      barren = beginning === null || beginnings.has(beginning) ? barren + 1 : 0
      if (beginning !== null) beginnings.add(beginning)
      if (barren >= BARREN_PAGES) throw new ImportFailure('bad-answer')
      if (next !== null) links.add(next)
    },
  }
}

const idOf = (item: unknown): string | null => {
  const id = (item as { id?: unknown } | null | undefined)?.id
  return typeof id === 'string' ? id : null
}
