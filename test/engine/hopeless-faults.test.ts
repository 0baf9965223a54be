import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Fault, Sandbox } from '../../sandbox/index.ts'
import { startSandbox } from '../../sandbox/index.ts'
import type { FailureCode } from '../../src/domain/failures.ts'
import { deviceFor, readingWays } from './reading-ways.ts'

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
  ['a token refused again and again', 'sign-in-expired', [{ kind: 'status', status: 401 }]],
  ['a captive portal', 'bad-answer', [{ kind: 'captive-portal' }]],
  ['JSON that is always cut short', 'bad-answer', [{ kind: 'truncate' }]],
  ['lists of folders without an end', 'bad-answer', [{ kind: 'empty-page', match: '*contactFolders?*' }]],
  ['lists of folders that run in a circle', 'bad-answer', [{ kind: 'loop', match: '*contactFolders?*' }]],
]

/** Wherever contacts come page by page. */
const paged = ['*/delta?*', '*$top=6*']

const endless: [string, readonly Fault[]][] = [
  ['pages without an end', paged.map((match) => ({ kind: 'empty-page', match }))],
  ['pages that run in a circle', paged.map((match) => ({ kind: 'loop', match }))],
]

const ways = readingWays.filter(([name]) =>
  ['a first import', 'a first import that walks by deltas', 'a refresh by deltas'].includes(name),
)

describe.each(ways)('%s ends with a code for', (_, way) => {
  const failure = async (faults: readonly Fault[], limits: { request?: number } = {}) => {
    const device = await deviceFor(sandbox, way, { limits })
    sandbox.settings.change({ faults: [...faults, ...way.always] })
    const before = device.list()
    const failed: unknown = await device.read().catch((reason: unknown) => reason)
    expect(device.list() === before).toBe(true)
    return failed
  }

  test.each(ends)('%s: %s', async (_name, code, faults) => {
    expect(await failure(faults)).toMatchObject({ name: 'ImportFailure', code })
  })

  test.each(endless)('%s', async (_name, faults) => {
    expect(await failure(faults)).toMatchObject({ name: 'ImportFailure', code: 'bad-answer' })
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
