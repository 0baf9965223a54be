import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Fault, Sandbox } from '../../sandbox/index.ts'
import { startSandbox } from '../../sandbox/index.ts'
import type { HttpLimits } from '../../src/adapters/http/limits.ts'
import { soakTurn } from '../soak.ts'
import { deviceFor, readingWays, type ReadingWay } from './reading-ways.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ contacts: 40, folders: 2, distributionLists: 3, concurrency: null })
})
afterAll(() => sandbox.close())

type Aimless = Fault & { readonly match?: never; readonly skip?: never }

const status = (code: number, more: object = {}): Aimless => ({ kind: 'status', status: code, ...more })

const fiveTimes: [string, Aimless][] = [
  ['429 in seconds', status(429, { retryAfter: 2 })],
  ['429 in a fraction of a second', status(429, { retryAfter: 0.25 })],
  ['429 with a date', status(429, { retryAfterDate: 1 })],
  ['429 without a word', status(429)],
  ['429 of too many at once', status(429, { body: 'concurrency', retryAfter: 1 })],
]

const thrice: [string, Aimless][] = [
  ['500', status(500)],
  ['502 with HTML', status(502)],
  ['503 without a body', status(503)],
  ['504', status(504)],
  ['a reset before the answer', { kind: 'reset' }],
  ['a reset within the body', { kind: 'reset', bytes: 40 }],
]

const refusals: [string, Aimless][] = [
  ['a token that expires', { kind: 'token-expired' }],
  ['a claims challenge', { kind: 'claims-challenge' }],
  ['401 for a request or a part of a batch', status(401)],
]

const once: [string, Aimless][] = [
  ['a link that leads back by mistake', { kind: 'loop' }],
  ['empty pages', { kind: 'empty-page', times: 3 }],
  ['contacts that come twice', { kind: 'repeat-items', items: 3 }],
  ['a count of -1', { kind: 'count', value: -1 }],
]

/** Whole batches, requests for notes by id, deltas, lists, and everything else. */
const places = ['POST *', 'GET *contacts/AAk*', 'GET *delta*', 'GET *contacts?*', 'GET *']
const lists = ['GET *delta*', 'GET *businessPhones*&$top=*', 'GET *contactFolders*$top=*']

const aimed = (fault: Aimless, times: number, at: readonly string[]): Fault[] =>
  at.map((match) => ({ times, ...fault, match }))

/** Reads the mailbox with these faults. Resolves to the number of requests. */
const survive = async (way: ReadingWay, faults: readonly Fault[], limits: Partial<HttpLimits> = {}) => {
  const device = await deviceFor(sandbox, way, { limits: { retries: 20_000_000, ...limits } })
  sandbox.settings.change({ faults: [...faults, ...way.always] })
  const before = device.sent.length
  const reading = await device.read()
  expect(device.isExact()).toBe(true)
  expect(reading.finished).not.toBeNull()
  return { requests: device.sent.length - before, reading }
}

/** Each fault is tried in each way in a soak, and otherwise in one or two. */
const ways = readingWays.map(([name, way], turn) => [name, way, turn] as const)

describe.each(ways)('%s loses nothing and doubles nothing for', (_, way, turn) => {
  let calm = 0
  beforeAll(async () => {
    calm = (await survive(way, [])).requests
  })
  const harms = async (faults: readonly Fault[], limits?: Partial<HttpLimits>) => {
    const { requests, reading } = await survive(way, faults, limits)
    // The faults did hit.
    expect(requests).toBeGreaterThan(calm)
    expect(new Set(reading.ids).size).toBe(reading.ids.length)
  }

  test.each(soakTurn(fiveTimes, 6, turn))('%s, five times and everywhere', (_name, fault) =>
    harms(aimed(fault, 5, places)),
  )

  test.each(soakTurn(thrice, 6, turn))('%s, three times and everywhere', (_name, fault) =>
    harms(aimed(fault, 3, places)),
  )

  // One place at a time. Two could refuse a token and then its renewal for the same request, which rightly fails.
  test.each(soakTurn(refusals, 6, turn))('%s, at each place', async (_name, fault) => {
    let requests = 0
    for (const place of places) requests += (await survive(way, aimed(fault, 1, [place]))).requests
    expect(requests).toBeGreaterThan(calm * places.length)
  })

  test('JSON cut short, three times and everywhere', () => harms(aimed({ kind: 'truncate' }, 3, places)))

  test('an error after the answer began, three times and everywhere', () =>
    harms(aimed({ kind: 'error-inside' }, 3, lists)))

  test.each(soakTurn(once, 6, turn))('%s', async (_name, fault) => {
    await survive(way, aimed(fault, 1, lists))
  })

  const quick = { request: 150 }
  test('a server that falls silent', () => harms(aimed({ kind: 'silent' }, 1, ['POST *', 'GET *']), quick))

  test('a server that drips', () =>
    harms(aimed({ kind: 'drip', everyMs: 20 }, 1, ['POST *', 'GET *']), quick))
})
