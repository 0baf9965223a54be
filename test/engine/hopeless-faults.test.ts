import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Fault, Sandbox } from '../../sandbox/index.ts'
import { startSandbox } from '../../sandbox/index.ts'
import type { HttpLimits } from '../../src/adapters/http/limits.ts'
import { MOST_ITEMS } from '../../src/adapters/http/attempt-limit.ts'
import type { FailureCode } from '../../src/domain/failures.ts'
import { soakRounds, soakTurn } from '../soak.ts'
import type { EngineDeviceOptions } from './engine-device.ts'
import { deviceFor, readingWays, type ReadingWay } from './reading-ways.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ contacts: 40, folders: 2, distributionLists: 3, concurrency: null })
})
afterAll(() => sandbox.close())

const unavailable = (more: object = {}): Fault => ({ kind: 'status', status: 503, ...more })
const hour = { kind: 'status', status: 429, retryAfter: 3_600 } as const
const ends: [string, FailureCode, readonly Fault[]][] = [
  ['a service that stays down', 'service-unavailable', [unavailable()]],
  ['a service that stays down for single requests', 'service-unavailable', [unavailable({ match: 'GET *' })]],
  ['connections that are always reset', 'service-unavailable', [{ kind: 'reset' }]],
  ['answers that always break off', 'service-unavailable', [{ kind: 'reset', bytes: 9 }]],
  ['a wait of an hour', 'throttled', [hour]],
  ['a wait of an hour for parts of a batch', 'throttled', [{ ...hour, match: 'GET *' }]],
  ['429 for ever', 'throttled', [{ kind: 'status', status: 429 }]],
  ['no permission', 'permission-missing', [{ kind: 'status', status: 403 }]],
  ['the page of a firewall', 'bad-answer', [{ kind: 'status', status: 403, body: 'html' }]],
  ['a firewall that says nothing', 'bad-answer', [{ kind: 'status', status: 403, body: 'empty' }]],
  ['a token refused again and again', 'sign-in-expired', [{ kind: 'status', status: 401 }]],
  ['a captive portal', 'bad-answer', [{ kind: 'captive-portal' }]],
  ['JSON that is always cut short', 'bad-answer', [{ kind: 'truncate' }]],
  ['lists of folders without an end', 'bad-answer', [{ kind: 'empty-page', match: '*contactFolders?*' }]],
  ['lists of folders that run in a circle', 'bad-answer', [{ kind: 'loop', match: '*contactFolders?*' }]],
]

/** Answers that would fill the memory. */
const huge: [string, readonly Fault[]][] = [
  ['answers', [{ kind: 'huge', megabytes: 500 }]],
  ['compressed answers', [{ kind: 'huge', megabytes: 500, gzip: true }]],
  ['errors', [{ kind: 'huge', megabytes: 500, status: 500 }]],
]

/** Wherever contacts come page by page. */
const paged = ['*/delta?*', '*$top=6*']

const endless: [string, readonly Fault[]][] = [
  ['pages without an end', paged.map((match) => ({ kind: 'empty-page', match }))],
  ['pages that run in a circle', paged.map((match) => ({ kind: 'loop', match }))],
]

const ways = readingWays.filter(([name]) =>
  [
    'a first import',
    'a first import in a page',
    'a first import that walks by deltas',
    'a refresh by deltas',
  ].includes(name),
)

/** The failure of reading the mailbox with these faults. Expects that the list stays. */
const failureOf = async (way: ReadingWay, faults: readonly Fault[], options: EngineDeviceOptions = {}) => {
  const device = await deviceFor(sandbox, way, options)
  sandbox.settings.change({ faults: [...faults, ...way.always] })
  const before = device.list()
  const failed: unknown = await device.read().catch((reason: unknown) => reason)
  expect(device.list() === before).toBe(true)
  return failed
}

/** Each fault is tried in each way in a soak, and otherwise in one or two. */
const inTurn = ways.map(([name, way], turn) => [name, way, turn] as const)

describe.each(inTurn)('%s ends with a code for', (_, way, turn) => {
  const failure = (faults: readonly Fault[], limits?: Partial<HttpLimits>) =>
    failureOf(way, faults, { ...(limits && { limits }) })

  test.each(soakTurn(ends, 4, turn))('%s: %s', async (_name, code, faults) => {
    expect(await failure(faults)).toMatchObject({ name: 'ImportFailure', code })
  })

  test.each(soakTurn(endless, 2, turn))('%s', async (_name, faults) => {
    expect(await failure(faults)).toMatchObject({ name: 'ImportFailure', code: 'bad-answer' })
  })

  test.each(soakTurn(huge, 4, turn))('%s of 500 MB', async (_name, faults) => {
    expect(await failure(faults, { body: 1_000_000, request: 30_000 })).toMatchObject({ code: 'bad-answer' })
  })

  test('a server that is silent for ever', async () => {
    const code = 'service-unavailable'
    expect(await failure([{ kind: 'silent' }], { request: 50 })).toMatchObject({ code })
  })

  test('a server that drips for ever', async () => {
    const code = 'service-unavailable'
    expect(await failure([{ kind: 'drip', everyMs: 20 }], { request: 50 })).toMatchObject({ code })
  })
})

test('an endless list of new contacts is a bad answer after the most that are read', async () => {
  expect(MOST_ITEMS).toBe(1_000_000)
  // A million takes half a minute.
  const mostItems = soakRounds({ whole: MOST_ITEMS, share: 50_000 })
  const walk = readingWays.find(([name]) => name === 'a first import that walks by deltas')?.[1]
  const faults = paged.map((match): Fault => ({ kind: 'endless-new', match, items: 20_000 }))
  if (walk === undefined) throw new Error('No such way')
  const failed = await failureOf(walk, faults, { mostItems })
  expect(failed).toMatchObject({ code: 'bad-answer' })
})
