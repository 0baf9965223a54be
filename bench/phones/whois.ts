import { heapAfterCollection } from '../harness/heap.ts'
import { percentile } from '../harness/percentile.ts'
import { stopwatch } from '../harness/stopwatch.ts'
import { inventNumbers } from './invent-numbers.ts'
import { lookups } from './lookups.ts'
import type { LookupName } from './lookups.ts'

export interface WhoisInput {
  readonly lookup: LookupName
  readonly contacts: number
  /** How many of the calls are made: all would take a slow lookup an hour. */
  readonly calls: number
}

/** Prepares a lookup, and asks it who calls, once for each call. */
export const whois = async ({ lookup, contacts: count, calls: made }: WhoisInput) => {
  const { contacts, calls } = inventNumbers(count)
  const before = heapAfterCollection()
  const building = stopwatch()
  const whoCalls = lookups[lookup](contacts)
  const buildMs = building.lap()
  const memory = Math.max(0, heapAfterCollection() - before)

  const times: number[] = []
  let wrong = 0
  for (const { number, key } of calls.slice(0, made)) {
    const start = performance.now()
    const keys = whoCalls(number)
    times.push(performance.now() - start)
    if (keys.join() !== (key ?? '')) wrong += 1
  }
  return {
    ms: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    calls: times.length,
    wrong: (wrong / times.length) * 100,
    buildMs,
    memory,
  }
}
