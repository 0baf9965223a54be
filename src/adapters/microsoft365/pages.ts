import * as v from 'valibot'
import { ImportFailure } from '../../domain/failures.ts'
import type { GraphClient } from './graph-client.ts'

/** One page of a Graph collection. */
export interface Page {
  readonly items: readonly unknown[]
  /** The link to the next page; null on the last. */
  readonly next: string | null
}

/** Pages without anything new, empty ones included, after which a listing is taken to be endless. */
const BARREN_PAGES = 500

const pageForm = v.object({
  value: v.array(v.unknown()),
  '@odata.nextLink': v.optional(v.nullable(v.string())),
})

/**
 * Reads a collection page by page. Only a missing link ends it: a page may be short or empty, because
 * Graph takes items that are no contacts out of a page after it has cut it.
 *
 * Throws `bad-answer` where an answer is no page, and where the listing runs in a circle: a link that was
 * followed before, or page after page with nothing new. Both have been seen.
 *
 * @param first the answer to the first request
 */
export async function* pages(graph: GraphClient, first: () => Promise<unknown>): AsyncGenerator<Page> {
  const links = new Set<string>()
  const beginnings = new Set<string>()
  let barren = 0
  let page = readPage(await first())
  for (;;) {
    const beginning = idOf(page.items[0])
    barren = beginning === null || beginnings.has(beginning) ? barren + 1 : 0
    if (beginning !== null) beginnings.add(beginning)
    if (barren >= BARREN_PAGES) throw new ImportFailure('bad-answer')
    yield page
    if (page.next === null) return
    if (links.has(page.next)) throw new ImportFailure('bad-answer')
    links.add(page.next)
    page = readPage(await graph.follow(page.next))
  }
}

const readPage = (body: unknown): Page => {
  const { success, output } = v.safeParse(pageForm, body)
  if (!success) throw new ImportFailure('bad-answer')
  const next = output['@odata.nextLink'] ?? ''
  return { items: output.value, next: next === '' ? null : next }
}

const idOf = (item: unknown): string | null => {
  const id = (item as { id?: unknown } | null | undefined)?.id
  return typeof id === 'string' ? id : null
}
