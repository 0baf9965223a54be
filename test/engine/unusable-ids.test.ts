import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Fault, Sandbox } from '../../sandbox/index.ts'
import { startSandbox } from '../../sandbox/index.ts'
import { deviceFor, readingWays } from './reading-ways.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ contacts: 40, folders: 2, distributionLists: 3, concurrency: null })
})
afterAll(() => sandbox.close())

/** Pages of contacts, whole or by id, and of changes. */
const pages = ['*contacts?*$top=6*', '*/delta?*']

describe.each(readingWays)('%s', (_, way) => {
  test.each(['surrogate-id', 'dot-id'] as const)(
    'skips and counts a contact with a %s, and reads the others',
    async (how) => {
      const device = await deviceFor(sandbox, way)
      const inMailbox = device.mailbox.contacts().map(({ immutableId }) => immutableId)
      const known = new Set([...inMailbox, ...device.list().keys()])
      sandbox.requests.clear()
      const faults = pages.map((match): Fault => ({ kind: 'malformed', how, match }))
      sandbox.settings.change({ faults: [...faults, ...way.always] })
      const { finished, skipped } = await device.read()
      // Includes the parts of batches. The paths are as they were sent.
      for (const { path } of sandbox.requests.entries)
        expect(path).not.toMatch(/\/\.\.|%2e|%EF%BF%BD|\p{Cs}|\ufffd/iu)
      expect(finished).not.toBeNull()
      const reasons = new Set(skipped.map(({ reason }) => reason))
      expect([...reasons]).toEqual(['unusable-id'])
      expect(device.list().size).toBeGreaterThan(20)
      for (const id of device.list().keys()) expect(known.has(id)).toBe(true)
    },
  )
})
