import { ImportFailure } from '../../domain/failures.ts'
import type { GraphPage } from './graph-page.ts'

/** Pages without anything new, empty ones included, after which a listing is taken to be endless. */
const BARREN_PAGES = 500

/**
 * Watches the pages of one listing. Throws `bad-answer` where it runs in a circle: a link that was given before, or
 * page after page with nothing new. Both have been seen.
 */
export const pageGuard = (): ((page: GraphPage) => void) => {
  const links = new Set<string>()
  const beginnings = new Set<string>()
  let barren = 0
  return ({ items, next }) => {
    const beginning = idOf(items[0])
    barren = beginning === null || beginnings.has(beginning) ? barren + 1 : 0
    if (beginning !== null) beginnings.add(beginning)
    if (barren >= BARREN_PAGES || (next !== null && links.has(next))) throw new ImportFailure('bad-answer')
    if (next !== null) links.add(next)
  }
}

const idOf = (item: unknown): string | null => {
  const id = (item as { id?: unknown } | null | undefined)?.id
  return typeof id === 'string' ? id : null
}
