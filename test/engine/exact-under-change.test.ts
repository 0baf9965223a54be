import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sandbox, SettingsChange } from '../../sandbox/index.ts'
import { startSandbox } from '../../sandbox/index.ts'
import { graphContactSource } from '../../src/adapters/microsoft365/mailbox/graph-contact-source.ts'
import type { Json, SourceContact } from '../../src/index.ts'
import { readSource } from '../../src/testing/read-source.ts'
import { soakRounds } from '../soak.ts'
import { ChangingMailbox, diceOf } from './changing-mailbox.ts'
import { fastTimers } from './engine-device.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ concurrency: null, distributionLists: 2 })
})
afterAll(() => sandbox.close())

const noDeltas = { faults: [{ kind: 'status', status: 400, match: '*/delta*' }] } satisfies SettingsChange
const noBatches = { faults: [{ kind: 'status', status: 404, match: '*$batch*' }] } satisfies SettingsChange

/** Kinds of servers. The settings in `later` apply after the import. */
const servers: [string, SettingsChange & { readonly later?: SettingsChange }][] = [
  ['takes "latest" as the moment to begin from', { deltaLatest: 'anchor' }],
  ['begins every delta with all contacts', { deltaLatest: 'enumerate' }],
  ['refuses "latest"', { deltaLatest: 'refuse' }],
  ['has no deltas', noDeltas],
  ['has no batches', { deltaLatest: 'anchor', ...noBatches }],
  ['deletes for good', { hardDelete: true }],
  ['reports a move as a removal only', { faults: [{ kind: 'removed-only' }] }],
  ['returns only the changed fields of a contact', { faults: [{ kind: 'partial-items' }] }],
  ['leaves folders out of its lists', { later: { faults: [{ kind: 'omit-folder', folder: 'Familie' }] } }],
  ['answers small pages only', { faults: [{ kind: 'large-page', most: 4, status: 504 }] }],
]

const run = fc.record({
  seed: fc.integer({ min: 1, max: 2 ** 30 }),
  contacts: fc.integer({ min: 0, max: 45 }),
  folders: fc.integer({ min: 0, max: 3 }),
  inFlight: fc.integer({ min: 1, max: 3 }),
  /** The probability that the mailbox changes at a request. */
  unrest: fc.double({ min: 0.05, max: 0.6, noNaN: true }),
  /** The maximum number of changes during an import. After them the mailbox stays the same. */
  most: fc.integer({ min: 1, max: 14 }),
  changesFolders: fc.boolean(),
  /** The process crashes after this number of reports and is started again. */
  diesAfter: fc.integer({ min: 1, max: 12 }),
})

const RUNS = soakRounds({ whole: 25, share: 4 })

type Run = typeof run extends fc.Arbitrary<infer T> ? T : never

/** Runs that ended in a wrong list in earlier versions. */
const found: [Run][] = [
  [
    // A contact moved before its note was fetched. So its old folder was not known, and removals from it were ignored.
    {
      seed: 1073741799,
      contacts: 5,
      folders: 1,
      inFlight: 3,
      unrest: 0.05,
      most: 14,
      changesFolders: true,
      diesAfter: 4,
    },
  ],
  [
    // Records of an interrupted refresh counted as seen in the complete listing that replaced it.
    {
      seed: 674736555,
      contacts: 35,
      folders: 1,
      inFlight: 3,
      unrest: 0.15134426909770118,
      most: 14,
      changesFolders: true,
      diesAfter: 1,
    },
  ],
]

/** A device that reads a mailbox while a person changes it between requests. */
const busyDevice = ({ seed, contacts, folders, inFlight, unrest, most, changesFolders, diesAfter }: Run) => {
  sandbox.settings.change({ seed, contacts, folders })
  const token = sandbox.issueToken('user')
  const changing = new ChangingMailbox(sandbox, seed, changesFolders)
  const dice = diceOf(seed + 1)
  let left = 0
  const meddle = () => {
    while (left > 0 && dice.chance(unrest)) {
      left--
      changing.change()
    }
  }
  const source = graphContactSource({
    graphUrl: sandbox.graphUrl,
    tokens: { accessToken: async () => token },
    limits: { inFlight, request: 60_000, retries: 20_000_000 },
    timers: fastTimers(),
    pageSize: 6,
    fetch: async (address, init) => {
      meddle()
      const response = await fetch(address, init)
      meddle()
      return response
    },
  })
  let list: ReadonlyMap<string, SourceContact> = new Map()
  let cursor: Json = null
  return {
    changing,
    /** Reads the mailbox, or its changes. Resolves to whether the list is verified. */
    read: async () => {
      changing.begin()
      left = most
      const broken = await readSource(source, {
        list,
        onDevice: list,
        changesSince: cursor,
        stopAfter: diesAfter,
      })
      const resumed = { resumeFrom: broken.cursor, recorded: broken.contacts }
      const whole = broken.finished
        ? broken
        : await readSource(source, {
            list,
            onDevice: list,
            changesSince: cursor,
            ...(broken.cursor !== null && resumed),
          })
      const { contacts, finished } = whole
      list = contacts
      cursor = finished?.cursor ?? null
      return finished?.verified === true
    },
    list: () => list,
  }
}

describe.each(servers)('if a server %s', (_, { later = {}, ...settings }) => {
  test('the list equals the mailbox at a moment of the import, and of each refresh', async () => {
    sandbox.settings.change({ deltaLatest: 'anchor', hardDelete: false, faults: [], ...settings })
    let verified = 0
    let changes = 0
    await fc.assert(
      fc.asyncProperty(run, async (run) => {
        const device = busyDevice(run)
        sandbox.settings.change({ faults: [], ...settings })
        for (const reading of ['import', 'refresh', 'refresh']) {
          if (reading === 'refresh') sandbox.settings.change(later)
          if (!(await device.read())) return
          verified++
          expect(device.changing.held(device.list()), reading).toBe(true)
          for (let count = 0; count < 3; count++) device.changing.change()
        }
        changes += device.changing.changes
      }),
      // Shrinking would exceed the time limit of the test and hide the run that failed.
      { numRuns: RUNS, examples: found, endOnFailure: true },
    )
    // The runs were real tests: most lists were verified, and many changes were made.
    expect(verified).toBeGreaterThan(1.6 * RUNS)
    expect(changes).toBeGreaterThan(4 * RUNS)
  })
})
