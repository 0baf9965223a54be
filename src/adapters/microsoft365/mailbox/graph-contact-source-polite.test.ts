import type { ServerResponse } from 'node:http'
import { afterEach, expect, test, vi } from 'vitest'
import { emptyMailbox, localGraph, paged, type GraphAnswers } from '../../../testing/local-graph.ts'
import { json, type LocalAnswer, type LocalService } from '../../../testing/local-service.ts'
import { readSource } from '../../../testing/read-source.ts'
import { systemTimers, type Timers } from '../../http/timers.ts'
import { graphContactSource } from './graph-contact-source.ts'

let service: LocalService | undefined
afterEach(() => service?.close())

const read = async (
  answers: GraphAnswers,
  timers: Timers = systemTimers,
  sparesPreflights: boolean = false,
) => {
  service = await localGraph(answers)
  const tokens = { accessToken: async () => 'token' }
  return readSource(graphContactSource({ graphUrl: service.url.origin, tokens, timers, sparesPreflights }))
}

const EIGHT = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']

/** A mailbox whose eight folders are asked for their children all at once. */
const wide = (children: LocalAnswer): GraphAnswers => ({
  ...emptyMailbox,
  '/me/contactFolders': { value: EIGHT.map((id) => ({ id, displayName: id })) },
  ...Object.fromEntries(EIGHT.map((id) => [`/me/contactFolders/${id}/childFolders`, children])),
  ...Object.fromEntries(EIGHT.map((id) => [`/me/contactFolders/${id}/contacts`, { value: [] }])),
})

test.each([
  ['', false],
  [', also from a page where the service knows no batches', true],
])('a mailbox with many folders gets at most three requests at a time%s', async (_, sparesPreflights) => {
  let underWay = 0
  let most = 0
  await read(
    wide((response, request) => {
      most = Math.max(most, ++underWay)
      setTimeout(() => {
        underWay--
        json({ value: [] })(response, request)
      }, 20)
    }),
    systemTimers,
    sparesPreflights,
  )
  expect(most).toBe(3)
})

test('one 429 stops all requests to the mailbox, including queued ones', async () => {
  const waits: (() => void)[] = []
  let now = 0
  const timers: Timers = {
    now: () => now,
    random: () => 0.5,
    wait: () => new Promise((resolve) => waits.push(resolve)),
  }
  const asked: ServerResponse[] = []
  const reading = read(
    wide((response, request) => {
      asked.push(response)
      if (asked.length > 3) json({ value: [] })(response, request)
    }),
    timers,
  )
  await vi.waitFor(() => expect(asked).toHaveLength(3), 60_000)
  asked[0]?.writeHead(429, { 'retry-after': '7' }).end()
  await vi.waitFor(() => expect(waits).toHaveLength(1), 60_000)
  for (const response of asked.slice(1)) response.end('{"value":[]}')
  // The refused request waits, and so do those that come after the two in flight.
  await vi.waitFor(() => expect(waits).toHaveLength(3), 60_000)
  expect(asked).toHaveLength(3)

  now = 8_000
  for (const resume of waits) resume()
  await reading
  // Eight when the folders are discovered, one of them twice, and eight in each of two rescans.
  expect(asked).toHaveLength(25)
})

test('every request has an id of its own, also when a link is followed or a request is repeated', async () => {
  let refused = false
  const contacts = paged('/me/contacts', [{ id: '1' }], [{ id: '2' }], [{ id: '3' }])
  const { ids } = await read({
    ...emptyMailbox,
    '/me/contacts': (response, request) => {
      if (refused || request.url?.includes('skip=1') !== true) contacts(response, request)
      else {
        refused = true
        response.writeHead(503, { 'retry-after': '0' }).end()
      }
    },
  })
  expect(ids).toEqual(['1', '2', '3'])
  expect(refused).toBe(true)
  const given = (service?.received ?? []).map(({ headers }) => headers['client-request-id'])
  expect(
    given.every((id) => typeof id === 'string' && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(id)),
  ).toBe(true)
  expect(new Set(given).size).toBe(given.length)
})
