import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sandbox } from '../../sandbox/index.ts'
import { startSandbox } from '../../sandbox/index.ts'
import { readSource, type SourceReading } from '../../src/testing/read-source.ts'
import { soakRounds } from '../soak.ts'
import { engineDevice } from './engine-device.ts'
import { rewriting } from './rewriting-fetch.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ contacts: 30, folders: 2, distributionLists: 4, concurrency: null })
})
afterAll(() => sandbox.close())

const run = fc.record({
  seed: fc.integer({ min: 1, max: 2 ** 30 }),
  contacts: fc.integer({ min: 0, max: 40 }),
  folders: fc.integer({ min: 0, max: 4 }),
  refreshes: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 3 }),
  changesFolders: fc.boolean(),
})

const RUNS = soakRounds({ whole: 40, share: 8 })

const listOf = ({ contacts }: SourceReading) => Object.fromEntries([...contacts].sort())

const BROKEN = 'a name that cannot be read'

/** A service that returns this name as a number, which Graph never does. */
const breaking = rewriting((text) => text.replaceAll(`"displayName":"${BROKEN}"`, '"displayName":42'))

describe('a refresh by changes and a full listing', () => {
  test('give the same list for every kind of change', async () => {
    let byChanges = 0
    await fc.assert(
      fc.asyncProperty(run, async ({ seed, contacts, folders, refreshes, changesFolders }) => {
        const device = engineDevice(sandbox, { contacts, folders }, { seed, changesFolders })
        await device.read()
        for (const changes of refreshes) {
          for (let change = 0; change < changes; change++) device.changing.change()
          const refreshed = await device.read()
          if (refreshed.pages.length === 0) byChanges++
          const listed = await readSource(device.source)
          expect(listOf(refreshed)).toEqual(listOf(listed))
          expect(device.isExact()).toBe(true)
        }
      }),
      { numRuns: RUNS },
    )
    expect(byChanges).toBeGreaterThan(RUNS / 2)
  })

  test('name the same incomplete fields, and do not keep an earlier value for them', async () => {
    const device = engineDevice(sandbox, { contacts: 30, folders: 2 }, { fetch: breaking })
    await device.read()
    const [first] = device.mailbox.contacts()
    if (first === undefined) throw new Error('The mailbox is empty')
    device.mailbox.change(first.id, { displayName: BROKEN })
    const refreshed = await device.read()
    const listed = await readSource(device.source)
    const { incomplete, name } = refreshed.contacts.get(first.immutableId) ?? {}
    expect(incomplete).toEqual([{ field: 'displayName', reason: 'malformed' }])
    expect(name).not.toHaveProperty('full')
    expect(listOf(refreshed)).toEqual(listOf(listed))
  })
})

describe('the requests of a refresh', () => {
  // A batch has twenty parts, and each folder takes two: its changes, and the folders in it.
  test.each([
    [1, 1],
    [3, 1],
    [10, 1],
    [11, 2],
  ])('where nothing changed in %i folders are %i', async (folders, requests) => {
    const device = engineDevice(sandbox, { contacts: 60, folders: folders - 1 })
    await device.read()
    device.sent.length = 0
    const { reports } = await device.read()
    expect(reports.map(({ type }) => type)).toEqual(['listing.finished'])
    expect(device.sent).toHaveLength(requests)
  })

  test.each([1, 3, 9])('are at most one per folder in %i folders without batches', async (folders) => {
    const device = engineDevice(sandbox, { contacts: 60, folders: folders - 1 })
    await device.read()
    sandbox.settings.change({ faults: [{ kind: 'status', status: 404, match: '*$batch*' }] })
    device.sent.length = 0
    await device.read()
    const contacts = device.sent.filter((line) => line.includes('/delta'))
    expect(contacts).toHaveLength(folders)
  })

  test.each([
    [1, 0],
    [100, 0],
    [40, 40],
  ])('grow with %i changes, of which %i have long notes, and not with the mailbox', async (changes, long) => {
    const counts = []
    for (const contacts of [150, 1500]) {
      const device = engineDevice(sandbox, { contacts, folders: 2 }, { pageSize: 1000 })
      await device.read()
      const changed = device.mailbox.contacts().slice(0, changes)
      for (const [index, { id }] of changed.entries())
        device.mailbox.change(id, { personalNotes: index < long ? 'long '.repeat(100) : 'short' })
      device.sent.length = 0
      const { reports } = await device.read()
      expect(reports.map(({ type }) => type)).toEqual(['changes.fetched', 'listing.finished'])
      counts.push(device.sent.length)
    }
    // A batch with the deltas, one for each twenty notes, and one without further changes.
    expect(counts).toEqual([2 + Math.ceil(long / 20), 2 + Math.ceil(long / 20)])
  })
})
