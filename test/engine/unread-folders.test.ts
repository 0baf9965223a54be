import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Fault, Sandbox } from '../../sandbox/index.ts'
import { startSandbox } from '../../sandbox/index.ts'
import { damagedAt } from './damaged-contact.ts'
import { patientDevice as engineDevice } from './engine-device.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ contacts: 40, folders: 2, distributionLists: 3, concurrency: null })
})
afterAll(() => sandbox.close())

const gone = (match: string): Fault => ({ kind: 'status', status: 404, code: 'ErrorFolderNotFound', match })
const noDeltas: Fault = { kind: 'status', status: 400, match: '*/delta*' }

const ways: [string, readonly Fault[]][] = [
  ['with deltas', []],
  ['without deltas', [noDeltas]],
]

describe.each(ways)('a listed folder whose count answers and whose pages are not found, %s', (_, always) => {
  const pagesOf = (folder: string) => gone(`*contactFolders/${folder}/contacts?*$top*`)

  test('is skipped and shown, and the list is not verified', async () => {
    const device = engineDevice(sandbox, { contacts: 40, folders: 2 })
    const folder = device.otherFolder()
    device.inflict(pagesOf(folder), ...always)
    const { skipped, finished } = await device.read()
    expect(skipped).toContainEqual({ reason: 'folder-unreadable', folder })
    expect(finished?.verified).toBe(false)
  })

  test('keeps its contacts on a device, and is read once its pages are found', async () => {
    const device = engineDevice(sandbox, { contacts: 40, folders: 2 })
    await device.read()
    device.inflict(pagesOf(device.otherFolder()), ...always)
    device.remember(null)
    expect((await device.read()).finished?.verified).toBe(false)
    expect(device.isExact()).toBe(true)
    device.mailbox.add({ displayName: 'New' }, { folderId: device.otherFolder() })
    device.inflict(...always)
    expect((await device.read()).finished?.verified).toBe(true)
    expect(device.isExact()).toBe(true)
  })
})

test('a default folder that is not found in one reading of several keeps its contacts', async () => {
  const device = engineDevice(sandbox, { contacts: 40, folders: 0 })
  device.inflict(gone('*/me/contacts?$select=id,parentFolderId,changeKey,lastModifiedDateTime&*'), noDeltas)
  const { finished } = await device.read()
  expect(finished?.verified).toBe(false)
  expect(device.isExact()).toBe(true)
})

describe.each(ways)('a default folder whose count answers and whose pages are not found, %s', (_, always) => {
  const pages = gone('*/me/contacts?*$top*')

  test('does not affect the other folders, and the list is not verified', async () => {
    const device = engineDevice(sandbox, { contacts: 40, folders: 3 })
    const main = device.mailbox.items(device.mailbox.defaultFolder.id)
    const others = 40 - main.filter(({ kind }) => kind === 'contact').length
    device.inflict(pages, ...always)
    const { finished, reports } = await device.read()
    expect(finished?.verified).toBe(false)
    expect(device.list().size).toBe(others)
    expect(reports.filter(({ type }) => type === 'contacts.counted')).toHaveLength(1)
  })

  test('keeps its contacts on a device', async () => {
    const device = engineDevice(sandbox, { contacts: 40, folders: 3 })
    await device.read()
    device.inflict(pages, ...always)
    device.remember(null)
    expect((await device.read()).finished?.verified).toBe(false)
    expect(device.isExact()).toBe(true)
  })
})

describe('a default folder whose id the service does not return', () => {
  const silence: readonly Fault[] = [
    gone('*contactFolders/contacts*'),
    { kind: 'status', status: 501, match: '*$count*' },
  ]

  test('is in doubt for every refresh after its first contact could not be read', async () => {
    const settings = { contacts: 20, folders: 1, distributionLists: 0 }
    const device = engineDevice(sandbox, settings, { fetch: damagedAt(sandbox.origin, 0) })
    device.inflict(...silence)
    const { finished, skipped } = await device.read()
    expect(skipped).toMatchObject([{ reason: 'unreadable' }])
    expect(finished?.verified).toBe(false)
    expect((await device.read()).finished?.verified).toBe(false)
  })

  test('keeps its contacts on a device if none of it can be read, and is in doubt', async () => {
    const device = engineDevice(sandbox, { contacts: 40, folders: 1 })
    await device.read()
    device.inflict(...silence, gone(`*contactFolders/${device.mailbox.defaultFolder.id}*`), {
      kind: 'status',
      status: 501,
      match: '*/me/contacts?*',
    })
    device.remember(null)
    for (let refresh = 0; refresh < 2; refresh++) {
      expect((await device.read()).finished?.verified).toBe(false)
      expect(device.isExact()).toBe(true)
    }
  })
})

describe('next to one contact that no page can show', () => {
  test.each(['refresh', 'complete listing'])('250 deletions take effect in a %s', async (way) => {
    let isDamaged = false
    const damaged = damagedAt(sandbox.origin, 20)
    const device = engineDevice(
      sandbox,
      { contacts: 400, folders: 0, distributionLists: 0 },
      { pageSize: 1000, fetch: (address, init) => (isDamaged ? damaged : fetch)(address, init) },
    )
    await device.read()
    for (const { id } of device.mailbox.contacts().slice(150)) device.mailbox.remove(id)
    isDamaged = true
    if (way !== 'refresh') device.remember(null)
    expect((await device.read()).finished?.verified).toBe(false)
    expect(device.isExact()).toBe(true)
    // None of them is asked for again.
    sandbox.requests.clear()
    await device.read()
    expect(sandbox.requests.entries.filter(({ path }) => path.includes('/me/contacts/AA'))).toEqual([])
  })
})

test('a renamed contact in a folder that no page shows is fetched by its id', async () => {
  const device = engineDevice(sandbox, { contacts: 40, folders: 1 })
  await device.read()
  const folder = device.otherFolder()
  const changed = device.mailbox.items(folder).find(({ kind }) => kind === 'contact')?.id ?? ''
  device.mailbox.change(changed, { displayName: 'New Name' })
  device.inflict({ kind: 'status', status: 501, match: `*contactFolders/${folder}/contacts?*$top*` })
  device.remember(null)
  expect((await device.read()).finished?.verified).toBe(false)
  expect(device.isExact()).toBe(true)
})
