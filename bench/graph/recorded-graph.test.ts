import { afterAll, beforeAll, expect, test } from 'vitest'
import { GRAPH, graphFetch } from './graph-fetch.ts'
import { recordedGraph } from './recorded-graph.ts'
import type { RecordedGraph } from './recorded-graph.ts'

const LATENCY = 80
const ended = new AbortController()
let graph: RecordedGraph
beforeAll(async () => {
  graph = await recordedGraph(
    { contacts: 12, latencies: [0, LATENCY], notes: 'short', deltaLatest: 'anchor' },
    ended.signal,
  )
})
afterAll(() => ended.abort())

const ask = async (client: ReturnType<typeof graphFetch>, address: string) => {
  const response = await client.fetch(address)
  return (await response.json()) as { value: object[]; '@odata.nextLink'?: string }
}

test('a client follows the pages on the recorded server only', async () => {
  const client = graphFetch(graph.origins[0] ?? '')
  const first = await ask(client, `${GRAPH}/v1.0/me/contacts`)
  const next = first['@odata.nextLink'] ?? ''
  expect(next).toMatch(new RegExp(`^${GRAPH}/v1.0/me/contacts`))
  const second = await ask(client, next)
  expect([first.value.length, second.value.length]).toEqual([10, 2])
  expect(second['@odata.nextLink']).toBeUndefined()
  expect(client.requests()).toBe(2)
})

test('every response has the latency, recorded ones too', async () => {
  const client = graphFetch(graph.origins[1] ?? '')
  for (let time = 0; time < 2; time++) {
    const start = performance.now()
    await ask(client, `${GRAPH}/v1.0/me/contacts?$top=5`)
    // A timer may end a millisecond early.
    expect(performance.now() - start).toBeGreaterThanOrEqual(LATENCY - 2)
  }
})
