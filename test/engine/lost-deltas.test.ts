import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Fault, Sandbox } from '../../sandbox/index.ts'
import { startSandbox } from '../../sandbox/index.ts'
import type { Json } from '../../src/index.ts'
import { type EngineDevice, engineDevice } from './engine-device.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ contacts: 40, folders: 3, distributionLists: 3, concurrency: null })
})
afterAll(() => sandbox.close())

type Cursor = { readonly shape: string; readonly folders: readonly { readonly delta: string }[] }

const altered = (cursor: Json, alter: (cursor: Cursor) => object): Json =>
  alter(cursor as unknown as Cursor) as Json

/** One folder of several. */
const second = (change: (delta: string) => string) => (device: EngineDevice) =>
  device.remember(
    altered(device.cursor(), (cursor) => ({
      ...cursor,
      folders: cursor.folders.map((folder, index) =>
        index === 1 ? { ...folder, delta: change(folder.delta) } : folder,
      ),
    })),
  )

const inflict =
  (...faults: Fault[]) =>
  (device: EngineDevice) =>
    device.inflict(...faults)

const losses: [string, (device: EngineDevice) => unknown][] = [
  ['all deltas are lost (410)', inflict({ kind: 'delta-lost', match: '*deltatoken*', times: 4 })],
  ['all deltas are lost for ever (410)', inflict({ kind: 'delta-lost', match: '*delta*' })],
  [
    'the delta of one folder is lost (410)',
    inflict({ kind: 'delta-lost', match: '*deltatoken*', skip: 1, times: 1 }),
  ],
  ['no delta is understood (400)', inflict({ kind: 'status', status: 400, match: '*deltatoken*', times: 4 })],
  ['a token is badly formed (400)', second((delta) => delta.replace(/deltatoken=.*/, 'deltatoken=nonsense'))],
  ['a delta leads to no page (404)', second((delta) => delta.replace('/delta', '/elsewhere'))],
  ['deltas run in a circle', inflict({ kind: 'loop', match: '*deltatoken*', times: 12 })],
  [
    'deltas of all folders bring new contacts without an end',
    inflict(
      { kind: 'endless-new', match: '*$deltatoken*', items: 2_000, issuedBefore: 'now' },
      { kind: 'endless-new', match: '*/delta?*$skiptoken*', items: 2_000 },
    ),
  ],
  ['a folder was deleted', (device) => device.mailbox.removeFolder(device.otherFolder(-1))],
  ['a folder with children was deleted', (device) => device.mailbox.removeFolder(device.otherFolder())],
  [
    'a folder is new',
    ({ mailbox }) => mailbox.add({ displayName: 'In it' }, { folderId: mailbox.addFolder('New').id }),
  ],
  [
    'a contact moved to a folder that is new',
    ({ mailbox }) => mailbox.move(mailbox.contacts()[0]?.id ?? '', mailbox.addFolder('New').id),
  ],
  [
    'contacts are mapped otherwise than before',
    (device) => device.remember(altered(device.cursor(), (cursor) => ({ ...cursor, shape: 'another' }))),
  ],
  ['the cursor is of another version', (device) => device.remember({ version: 0 })],
  ['the cursor is nonsense', (device) => device.remember('nonsense')],
]

describe('everything is listed again, and nothing is lost or doubled, if', () => {
  test.each(losses)('%s', async (_, lose) => {
    const device = engineDevice(sandbox, {})
    await device.read()
    for (let change = 0; change < 6; change++) device.changing.change()
    lose(device)
    const { reports, ids, finished } = await device.read()
    expect(reports.filter(({ type }) => type === 'contacts.counted').length).toBeGreaterThan(0)
    expect(new Set(ids).size).toBe(ids.length)
    expect(finished?.verified).toBe(true)
    expect(device.isExact()).toBe(true)

    // And the next refresh is by changes, if the server supports it.
    device.inflict()
    for (let change = 0; change < 3; change++) device.changing.change()
    await device.read()
    expect(device.isExact()).toBe(true)
  })
})
