import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Fault, Sandbox } from '../../sandbox/index.ts'
import { startSandbox } from '../../sandbox/index.ts'
import { type EngineDevice, patientDevice as engineDevice } from './engine-device.ts'
import { rewriting } from './rewriting-fetch.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ contacts: 40, folders: 2, distributionLists: 3, concurrency: null })
})
afterAll(() => sandbox.close())

const imported = async (settings = {}) => {
  const device = engineDevice(sandbox, { contacts: 40, folders: 2, ...settings })
  await device.read()
  device.sent.length = 0
  return device
}

const contact = ({ mailbox }: EngineDevice, place = 0) => {
  const found = mailbox.contacts()[place]
  if (found === undefined) throw new Error('The mailbox is too small')
  return found
}

const falseRemovals = (count: number): Fault => ({ kind: 'false-removal', count })

/** The number of requests, not counting the round of deltas and the one that has no further changes. */
const questions = (device: EngineDevice) => device.sent.length - 2

describe('a contact that a delta reports as removed', () => {
  test('stays if it still exists in its folder', async () => {
    const device = await imported()
    device.inflict({ ...falseRemovals(1), times: 1 })
    const { finished } = await device.read()
    expect(finished?.verified).toBe(true)
    expect(device.isExact()).toBe(true)
  })

  test('stays if it was moved away and back', async () => {
    const device = await imported()
    const { immutableId, folderId } = contact(device)
    device.inflict({ kind: 'removed-only' })
    device.mailbox.move(immutableId, device.otherFolder())
    device.mailbox.move(immutableId, folderId)
    const { finished } = await device.read()
    expect(finished?.verified).toBe(true)
    expect(device.isExact()).toBe(true)
    expect(questions(device)).toBe(1)
  })

  test('stays, in its new folder, if it was moved and the new folder does not report it', async () => {
    const device = await imported()
    const { immutableId } = contact(device)
    device.inflict({ kind: 'removed-only' })
    device.mailbox.move(immutableId, device.otherFolder())
    await device.read()
    expect(device.list().get(immutableId)?.folder).toBe(device.otherFolder())
    expect(device.isExact()).toBe(true)
  })

  test.each([false, true])('is removed if it was deleted (for good: %s)', async (hard) => {
    const device = await imported({ hardDelete: hard })
    const { immutableId } = contact(device)
    device.mailbox.remove(immutableId)
    const { finished } = await device.read()
    expect(device.list().has(immutableId)).toBe(false)
    expect(finished?.verified).toBe(true)
    expect(questions(device)).toBe(1)
  })

  test('is removed even if no contact has named the id of the default folder, which is then requested', async () => {
    const device = engineDevice(sandbox, { contacts: 0, folders: 0 })
    await device.read()
    device.mailbox.remove(device.mailbox.add({ displayName: 'Short-lived' }).immutableId)
    sandbox.requests.clear()
    const { finished } = await device.read()
    expect(sandbox.requests.matching('/me/contactFolders/contacts')).toHaveLength(1)
    expect(device.list().size).toBe(0)
    expect(finished?.verified).toBe(true)
  })

  test('stays as long as the service gives no answer about it; the next refresh asks again and removes it', async () => {
    const device = await imported()
    const { immutableId } = contact(device)
    device.mailbox.remove(immutableId)
    device.inflict({
      kind: 'status',
      status: 500,
      code: 'ErrorInternalServerError',
      match: `*contacts/${immutableId}*`,
    })
    const unsure = await device.read()
    expect(device.list().has(immutableId)).toBe(true)
    expect(unsure.finished?.verified).toBe(false)
    device.inflict()
    const sure = await device.read()
    expect(device.list().has(immutableId)).toBe(false)
    expect(sure.finished?.verified).toBe(true)
    expect(device.isExact()).toBe(true)
  })

  test.each(['ErrorItemNotFound', 'ResourceNotFound', 'ErrorInvalidUser'])(
    'goes if its id answers 404 %s, and the deltas of the same mailbox answer',
    async (code) => {
      const device = await imported({ hardDelete: true })
      const { immutableId } = contact(device)
      device.mailbox.remove(immutableId)
      device.inflict({ kind: 'status', status: 404, code, match: `*contacts/${immutableId}*` })
      const { finished } = await device.read()
      expect(device.list().has(immutableId)).toBe(false)
      expect(finished?.verified).toBe(true)
    },
  )

  test.each([
    [1, 1],
    [20, 1],
    [21, 2],
    [40, 2],
  ])('is asked for together with others: %i of them cost %i requests', async (count, requests) => {
    const device = await imported({ contacts: 80 })
    for (const { id } of device.mailbox.contacts().slice(0, count)) device.mailbox.remove(id)
    await device.read()
    expect(questions(device)).toBe(requests)
    expect(device.isExact()).toBe(true)
  })

  test.each([199, 200, 300])('is searched for in a listing of ids if there are many: %i', async (count) => {
    const device = engineDevice(sandbox, { contacts: 400, folders: 0 }, { pageSize: 1000 })
    await device.read()
    device.sent.length = 0
    for (const { id } of device.mailbox.contacts().slice(0, count)) device.mailbox.remove(id)
    const { finished } = await device.read()
    expect(device.isExact()).toBe(true)
    expect(finished?.verified).toBe(true)
    const lists = device.sent.filter((line) => line.includes('$select=id,parentFolderId,changeKey'))
    expect(lists.length > 0).toBe(count >= 200)
    expect(questions(device)).toBeLessThanOrEqual(count >= 200 ? 2 : 10)
  })

  test('stays if 300 are reported as removed and still exist', async () => {
    const device = engineDevice(sandbox, { contacts: 400, folders: 0 }, { pageSize: 1000 })
    await device.read()
    device.inflict({ ...falseRemovals(300), times: 1 })
    const { finished } = await device.read()
    expect(finished?.verified).toBe(true)
    expect(device.isExact()).toBe(true)
    expect(device.list().size).toBe(400)
  })

  test('also stays during a first import', async () => {
    for (const deltaLatest of ['anchor', 'enumerate'] as const) {
      const device = engineDevice(sandbox, { contacts: 40, folders: 1, deltaLatest })
      const inFolder = device.mailbox.items(device.mailbox.defaultFolder.id)
      const told = inFolder.filter(({ kind }) => kind === 'contact').slice(0, 2)
      // Lists do not cut these notes, so only the removal can cause requests for the contacts.
      for (const { id } of told) device.mailbox.change(id, { personalNotes: 'short' })
      device.inflict({ ...falseRemovals(2), match: '*me/contacts/delta*', times: 1 })
      sandbox.requests.clear()
      const { finished } = await device.read()
      for (const { immutableId } of told)
        expect(sandbox.requests.matching(`/contacts/${encodeURIComponent(immutableId)}?`)).toHaveLength(1)
      expect(finished?.verified).toBe(true)
      expect(device.isExact()).toBe(true)
    }
  })
})

describe('a change without all selected properties', () => {
  test('keeps the name and the numbers, because the contact is fetched', async () => {
    const device = await imported()
    const { immutableId } = contact(device)
    device.inflict({ kind: 'partial-items' })
    device.mailbox.change(immutableId, { categories: ['Red'] })
    const { finished } = await device.read()
    expect(device.list().get(immutableId)?.categories).toEqual(['Red'])
    expect(device.isExact()).toBe(true)
    expect(finished?.verified).toBe(true)
    expect(questions(device)).toBe(1)
  })

  test('leaves the contact as it was while it cannot be fetched, and changes it the next time', async () => {
    const device = await imported()
    const { immutableId } = contact(device)
    const before = device.list().get(immutableId)
    device.mailbox.change(immutableId, { categories: ['Red'] })
    device.inflict(
      { kind: 'status', status: 500, match: `*contacts/${immutableId}*` },
      { kind: 'partial-items' },
    )
    const unsure = await device.read()
    expect(device.list().get(immutableId)).toEqual(before)
    expect(unsure.finished?.verified).toBe(false)
    device.inflict()
    await device.read()
    expect(device.isExact()).toBe(true)
  })

  test('is used for a new contact that cannot be fetched', async () => {
    const withoutNumbers = rewriting((text) => text.replaceAll(/"businessPhones":\[[^\]]*\],?/g, ''))
    const device = engineDevice(sandbox, { contacts: 3, folders: 0 }, { fetch: withoutNumbers })
    await device.read()
    const { immutableId } = device.mailbox.add({ displayName: 'New' })
    device.inflict({ kind: 'status', status: 500, match: `*contacts/${immutableId}*` })
    const { finished } = await device.read()
    expect(device.list().get(immutableId)?.name.full).toBe('New')
    expect(finished?.verified).toBe(false)
  })
})

describe('a folder that is missing from lists of folders', () => {
  test.each(['one', 'all'])('counts as existing if it answers by its id: %s left out', async (which) => {
    const device = await imported({ folders: 3 })
    const folder = which === 'one' ? { folder: device.otherFolder() } : {}
    device.inflict({ kind: 'omit-folder', ...folder })
    const refreshed = await device.read()
    expect(refreshed.reports.map(({ type }) => type)).toEqual(['listing.finished'])
    expect(refreshed.finished?.verified).toBe(true)
    expect(device.isExact()).toBe(true)
  })

  test('is listed with all others if the device has contacts of it', async () => {
    const device = await imported({ folders: 3 })
    device.inflict({ kind: 'omit-folder' })
    // As a restart does: without a cursor.
    device.remember(null)
    const { finished } = await device.read()
    expect(finished?.verified).toBe(true)
    expect(device.isExact()).toBe(true)
  })

  test.each([false, true])(
    'is removed if it was deleted (for good: %s), although it still answers',
    async (hard) => {
      const device = await imported({ folders: 3, hardDelete: hard })
      device.mailbox.removeFolder(device.otherFolder())
      const { finished } = await device.read()
      expect(finished?.verified).toBe(true)
      expect(device.isExact()).toBe(true)
    },
  )

  test('stays as long as the service does not say whether it exists', async () => {
    const device = await imported({ folders: 3 })
    const folder = device.otherFolder()
    device.inflict(
      { kind: 'status', status: 500, match: `GET /v1.0/me/contactFolders/${folder}?*` },
      { kind: 'omit-folder', folder },
    )
    const { finished } = await device.read()
    expect(device.isExact()).toBe(true)
    expect(finished?.verified).toBe(false)
  })

  test('is found by a contact that moves into it, although it is new and no list shows it', async () => {
    const device = await imported({ folders: 1 })
    const { id } = device.mailbox.addFolder('New')
    device.mailbox.move(contact(device).id, id)
    device.inflict({ kind: 'omit-folder', folder: id })
    const { finished } = await device.read()
    expect(finished?.verified).toBe(true)
    expect(device.isExact()).toBe(true)
    // From then on it is asked for changes like any other.
    device.mailbox.change(device.mailbox.items(id)[0]?.id ?? '', { displayName: 'Changed there' })
    await device.read()
    expect(device.isExact()).toBe(true)
  })

  test('is not mistaken for Deleted Items, whose id is requested once', async () => {
    const device = await imported()
    for (let refresh = 0; refresh < 3; refresh++) {
      sandbox.requests.clear()
      device.mailbox.remove(contact(device).id)
      device.sent.length = 0
      await device.read()
      expect(questions(device)).toBe(1)
      const asked = sandbox.requests.entries.filter(({ path }) =>
        path.includes(`/me/contactFolders/${encodeURIComponent(device.mailbox.deletedItems.id)}?`),
      )
      expect(asked).toHaveLength(refresh === 0 ? 1 : 0)
    }
    expect(device.isExact()).toBe(true)
  })
})
