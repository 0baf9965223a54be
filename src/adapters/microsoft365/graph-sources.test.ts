import { expect, test } from 'vitest'
import type { FetchRequest } from '../../ports/contact-source.ts'
import { graphReading } from './graph-reading.ts'
import { graphSources, sourcesOnDemand } from './graph-sources.ts'

const noRequest: typeof fetch = () => {
  throw new Error('no request is expected')
}
const options = {
  graphUrl: 'https://graph.microsoft.com',
  tokens: { accessToken: async () => 'token' },
  fetch: noRequest,
}
const request: FetchRequest = { attempt: 'a', resumeFrom: null, recorded: new Map(), changesSince: null }
const never = new AbortController().signal

const first = async (sources: ReturnType<typeof graphSources>, signal = never) => {
  const reports = sources.contacts.fetch(request, { signal, progress: () => undefined })
  return reports[Symbol.asyncIterator]().next()
}

test('an address to which no token may be sent is refused before anything is loaded', () => {
  expect(() => graphSources({ ...options, graphUrl: 'http://graph.example.test' })).toThrow(
    'app-misconfigured',
  )
})

test('the code is loaded when contacts or photos are first read, and once', async () => {
  let loads = 0
  const sources = sourcesOnDemand(options, async () => {
    loads++
    return () => ({
      contacts: { source: 'microsoft365', async *fetch() {} },
      photos: { photos: async () => new Map() },
    })
  })
  expect(loads).toBe(0)
  const reads = [first(sources), sources.photos.photos(['id'], never)] as const
  expect(await Promise.all(reads)).toEqual([{ done: true, value: undefined }, new Map()])
  expect(loads).toBe(1)
})

test('the code can be loaded before it is needed', async () => {
  let loads = 0
  const sources = sourcesOnDemand(options, async () => {
    loads++
    return graphReading
  })
  await sources.prepare()
  expect(await sources.photos.photos([''], never)).toEqual(new Map([['', null]]))
  expect(loads).toBe(1)
})

test('reads through the sources that it loads', async () => {
  const sources = graphSources(options)
  // Neither id can be asked about, so no request is sent.
  expect(await sources.photos.photos([''], never)).toEqual(new Map([['', null]]))
})

test('code that cannot be loaded fails with a code of its own, and is loaded the next time', async () => {
  let isThere = false
  const sources = sourcesOnDemand(options, async () => {
    if (!isThere) throw new TypeError('Failed to fetch dynamically imported module')
    return graphReading
  })
  await expect(first(sources)).rejects.toMatchObject({ code: 'service-unavailable' })
  await expect(sources.photos.photos(['id'], never)).rejects.toMatchObject({ code: 'service-unavailable' })
  isThere = true
  expect(await sources.photos.photos([''], never)).toEqual(new Map([['', null]]))
})

test('a cancel does not wait for the code', async () => {
  const abort = new AbortController()
  const sources = sourcesOnDemand(options, () => new Promise(() => undefined))
  const reading = first(sources, abort.signal)
  abort.abort(new Error('cancelled'))
  await expect(reading).rejects.toThrow('cancelled')
})
