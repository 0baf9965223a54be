import { expect, test } from 'vitest'
import { graphContactSource } from '../../src/adapters/microsoft365/mailbox/graph-contact-source.ts'
import type { FetchProgress, NetworkEvents } from '../../src/index.ts'
import { fetchRequest } from '../../src/testing/read-source.ts'

/** Waits only for the signal: a wait ends if the person, the network or a cancel ends it. */
const endless = {
  now: () => 0,
  random: () => 0,
  wait: (_milliseconds: number, signal: AbortSignal) =>
    new Promise<never>((_resolve, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason as Error)),
    ),
}

/** Reads an empty mailbox; its first response is `first`. Presses Try now at each wait. */
const readPressing = async (first: () => Response, network: NetworkEvents | null) => {
  const retryNow = new EventTarget()
  const cancel = new AbortController()
  const shown: FetchProgress[] = []
  let isFirst = true
  const source = graphContactSource({
    graphUrl: 'https://graph.example.test',
    tokens: { accessToken: async () => 'token' },
    timers: endless,
    network,
    fetch: async () => {
      if (!isFirst) return Response.json({ value: [] })
      isFirst = false
      return first()
    },
  })
  const progress = (progress: FetchProgress): void => {
    shown.push(progress)
    if (!progress.waiting) return
    // The wait begins right after it is shown.
    setImmediate(() => {
      retryNow.dispatchEvent(new Event('online'))
      if (!progress.waiting?.canRetryNow) setImmediate(() => cancel.abort(new Error('still waiting')))
    })
  }
  const types: string[] = []
  for await (const { type } of source.fetch(fetchRequest(), { signal: cancel.signal, progress, retryNow }))
    types.push(type)
  return { types, waiting: shown.find(({ waiting }) => waiting)?.waiting }
}

const unreachable = (): never => {
  throw new TypeError('fetch failed')
}

test.each([
  ['of a runtime that knows nothing of the network', null],
  ['of a page', new EventTarget()],
])('a wait for the network %s ends when the person wants to try again now', async (_, network) => {
  const { types, waiting } = await readPressing(unreachable, network)
  expect(types.at(-1)).toBe('listing.finished')
  expect(waiting).toMatchObject({ canRetryNow: true })
})

test('a wait that the service asked for lasts, whatever the person wants', async () => {
  const busy = () => Response.json({}, { status: 429, headers: { 'retry-after': '5' } })
  await expect(readPressing(busy, null)).rejects.toThrow('still waiting')
})
