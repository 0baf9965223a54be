import { faker } from '@faker-js/faker'
import type { Fault, Sandbox, SettingsChange } from '../../sandbox/index.ts'
import { engineDevice, type EngineDeviceOptions } from './engine-device.ts'

const noDeltas: Fault = { kind: 'status', status: 400, match: '*/delta*' }
const noBatches: Fault = { kind: 'status', status: 404, match: '*$batch*' }

export interface ReadingWay {
  readonly settings: SettingsChange
  /** Faults that this server has at all times. */
  readonly always: readonly Fault[]
  readonly isRefresh: boolean
  readonly sparesPreflights?: boolean
}

/** All ways to read a mailbox. */
export const readingWays: [string, ReadingWay][] = [
  ['a first import', { settings: {}, always: [], isRefresh: false }],
  ['a first import in a page', { settings: {}, always: [], isRefresh: false, sparesPreflights: true }],
  [
    'a first import that walks by deltas',
    { settings: { deltaLatest: 'enumerate' }, always: [], isRefresh: false },
  ],
  ['a first import in rounds', { settings: {}, always: [noDeltas], isRefresh: false }],
  ['a refresh by deltas', { settings: {}, always: [], isRefresh: true }],
  ['a refresh by deltas without batches', { settings: {}, always: [noBatches], isRefresh: true }],
  ['a refresh that lists everything again', { settings: {}, always: [noDeltas], isRefresh: true }],
]

/** A device for a mailbox with notes that lists cut. For a refresh, it has read the mailbox before some changes. */
export const deviceFor = async (
  sandbox: Sandbox,
  { settings, always, isRefresh, sparesPreflights = false }: ReadingWay,
  options?: EngineDeviceOptions,
) => {
  const device = engineDevice(sandbox, { contacts: 40, ...settings }, { sparesPreflights, ...options })
  const notes = () => ({ personalNotes: faker.lorem.paragraphs(4) })
  for (const { id } of device.mailbox.contacts().slice(0, 5)) device.mailbox.change(id, notes())
  if (!isRefresh) return device
  sandbox.settings.change({ faults: [...always] })
  await device.read()
  const [first, second, ...others] = device.mailbox.contacts()
  const [, folder] = device.mailbox.folders
  if (!first || !second || !folder) throw new Error('The mailbox is too small')
  device.mailbox.remove(first.id)
  device.mailbox.move(second.id, folder.id)
  for (const { id } of others.slice(0, 20)) device.mailbox.change(id, notes())
  device.mailbox.add({ displayName: 'New' }, { folderId: folder.id })
  return device
}
