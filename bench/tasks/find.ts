import { yieldToEventLoop } from '../../src/async/yield-to-event-loop.ts'
import { openContactBook, sqliteStorage } from '../../src/node.ts'
import { searchers } from '../search/searchers.ts'
import type { SearcherName } from '../search/searchers.ts'
import { typedQueries } from '../search/typed-queries.ts'
import { heapAfterCollection } from '../harness/heap.ts'
import { stopwatch } from '../harness/stopwatch.ts'
import { latencies } from './latencies.ts'

export interface FindInput {
  /** A store with the list. */
  readonly file: string
  readonly contacts: number
  readonly searcher: SearcherName
}

/** Contacts that are added before other work has a turn. */
const SLICE = 50
/** Hits on a screen. */
const LIMIT = 20

/** Fills an index with the list of a book, in slices, and types what people type. `ms` is the mean of all queries. */
export const find = async ({ file, contacts, searcher }: FindInput) => {
  const book = await openContactBook({ store: await sqliteStorage(file, { keyRing: false }), sources: [] })
  const list = book.contacts.get()
  await book.close()
  if (list.length !== contacts) throw new Error(`${list.length} contacts instead of ${contacts}`)
  const queries = typedQueries(list)

  const before = heapAfterCollection()
  const index = searchers[searcher]()
  const building = stopwatch()
  let longestSlice = 0
  for (let start = 0; start < list.length; start += SLICE) {
    const slice = stopwatch()
    for (const contact of list.slice(start, start + SLICE)) index.add(contact)
    longestSlice = Math.max(longestSlice, slice.lap())
    await yieldToEventLoop()
  }
  const buildMs = building.lap()
  const memory = Math.max(0, heapAfterCollection() - before)

  let answered = 0
  const measured = queries.map((query) => {
    const start = performance.now()
    const hits = index.find(query, LIMIT)
    const ms = performance.now() - start
    if (hits.length > 0) answered++
    return ms
  })
  const ms = measured.reduce((sum, one) => sum + one, 0) / measured.length
  const share = (answered / queries.length) * 100
  return { ...latencies(measured), ms, buildMs, longestSlice, memory, answered: share }
}
