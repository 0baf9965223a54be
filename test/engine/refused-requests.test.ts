import { faker } from '@faker-js/faker'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Fault, Sandbox } from '../../sandbox/index.ts'
import { startSandbox } from '../../sandbox/index.ts'
import { soakCases } from '../soak.ts'
import { patientDevice } from './engine-device.ts'
import { rewriting, rewritingParts } from './rewriting-fetch.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ contacts: 40, folders: 3, distributionLists: 3, concurrency: null })
})
afterAll(() => sandbox.close())

const status = (status: number, code: string, match: string): Fault => ({
  kind: 'status',
  status,
  code,
  match,
})

const refusals: [number, string][] = [
  [403, 'ErrorAccessDenied'],
  [404, 'ErrorItemNotFound'],
  [404, 'ResourceNotFound'],
  [409, 'ErrorIrresolvableConflict'],
  [500, 'ErrorCorruptData'],
  [501, 'NotImplemented'],
  [507, 'ErrorQuotaExceeded'],
]

describe.each(soakCases(refusals, 2))('%i %s', (number, code) => {
  test('to one contact leaves its note cut, marks it as incomplete, and affects no other', async () => {
    const device = patientDevice(sandbox, { contacts: 40, folders: 3 })
    const [damaged, whole] = device.mailbox.contacts()
    for (const { id } of [damaged, whole].flatMap((item) => item ?? []))
      device.mailbox.change(id, { personalNotes: faker.lorem.paragraphs(4) })
    const id = damaged?.immutableId ?? ''
    device.inflict(status(number, code, `*contacts/${id}*`))
    await device.read()
    expect(device.list().get(id)?.incomplete).toEqual([{ field: 'personalNotes', reason: 'cut' }])
    expect([...device.list().values()].filter(({ incomplete }) => incomplete)).toHaveLength(1)
    expect(device.list().size).toBe(40)
  })

  test('to one folder skips only that folder, and a device keeps its contacts', async () => {
    const device = patientDevice(sandbox, { contacts: 40, folders: 3 })
    const folder = device.otherFolder()
    const lost = device.mailbox.items(folder).filter(({ kind }) => kind === 'contact').length
    device.inflict(status(number, code, `*contactFolders/${folder}/contacts*`))
    const first = await device.read()
    expect(device.list().size).toBe(40 - lost)
    expect(first.finished?.verified).toBe(false)
    expect(first.skipped).toContainEqual({
      reason: 'folder-unreadable',
      folder,
    })
    device.inflict()
    device.remember(null)
    await device.read()
    device.remember(null)
    device.inflict(status(number, code, `*contactFolders/${folder}/contacts*`))
    expect((await device.read()).finished?.verified).toBe(false)
    expect(device.isExact()).toBe(true)
  })

  test('to the topmost list of folders removes no contact from the device, and the list is not verified', async () => {
    const device = patientDevice(sandbox, { contacts: 40, folders: 3 })
    device.inflict(status(number, code, '*/me/contactFolders?*'))
    expect((await device.read()).finished?.verified).toBe(false)
    expect(device.list().size).toBeGreaterThan(0)
    device.inflict()
    await device.read()
    device.inflict(status(number, code, '*/me/contactFolders?*'))
    for (const cursor of [device.cursor(), null]) {
      device.remember(cursor)
      expect((await device.read()).finished?.verified).toBe(false)
      expect(device.isExact()).toBe(true)
    }
  })

  test('to one stored delta link causes a complete listing', async () => {
    const device = patientDevice(sandbox, { contacts: 40, folders: 3 })
    await device.read()
    device.changing.change()
    device.inflict({ ...status(number, code, '*me/contacts/delta*'), issuedBefore: 'now' })
    expect((await device.read()).finished?.verified).toBe(true)
    expect(device.isExact()).toBe(true)
  })
})

test('a stored delta link that returns HTML or nothing causes a complete listing', async () => {
  for (const fault of [{ kind: 'captive-portal' }, { kind: 'error-inside' }] as const) {
    const device = patientDevice(sandbox, { contacts: 40, folders: 3 })
    await device.read()
    device.changing.change()
    device.inflict({ ...fault, match: '*deltatoken*', issuedBefore: 'now' })
    expect((await device.read()).finished?.verified).toBe(true)
    expect(device.isExact()).toBe(true)
  }
})

test('a contact that one reading cannot see stays', async () => {
  const device = patientDevice(sandbox, { folders: 1 }, { pageSize: 1000 })
  device.inflict(
    status(400, 'x', '*/delta*'),
    status(
      507,
      'x',
      `*contactFolders/${device.otherFolder()}/contacts?$select=id,parentFolderId,changeKey,lastModifiedDateTime*`,
    ),
  )
  const { finished } = await device.read()
  expect(device.isExact()).toBe(true)
  expect(finished?.verified).toBe(false)
})

test('a stored delta link that demands a wait of ten minutes is dropped', async () => {
  const device = patientDevice(sandbox, { contacts: 40, folders: 3 })
  await device.read()
  device.changing.change()
  device.inflict({ kind: 'status', status: 503, retryAfter: 600, match: '*deltatoken*', issuedBefore: 'now' })
  expect((await device.read()).finished?.verified).toBe(true)
  expect(device.isExact()).toBe(true)
})

test.each([413, 507])('large pages that are refused with %i are read in halves', async (number) => {
  const device = patientDevice(sandbox, { contacts: 300, folders: 0 }, { pageSize: 1000 })
  device.inflict({ kind: 'large-page', most: 100, status: number })
  expect((await device.read()).finished?.verified).toBe(true)
  expect(device.isExact()).toBe(true)
})

test('a part of a batch that is neither a page nor an item is followed on its own', async () => {
  let isDamaged = false
  const device = patientDevice(
    sandbox,
    { contacts: 40, folders: 3 },
    {
      fetch: rewritingParts((part) => (isDamaged ? { ...part, status: 200, body: {} } : part)),
    },
  )
  await device.read()
  isDamaged = true
  for (let change = 0; change < 4; change++) device.changing.change()
  expect((await device.read()).finished?.verified).toBe(true)
  expect(device.isExact()).toBe(true)
})

test('a folder that was in doubt no longer is once the service says whether it exists', async () => {
  const device = patientDevice(sandbox, { contacts: 40, folders: 3 })
  await device.read()
  const folder = device.otherFolder()
  device.inflict(status(500, 'x', `GET /v1.0/me/contactFolders/${folder}?*`), { kind: 'omit-folder', folder })
  expect((await device.read()).finished?.verified).toBe(false)
  device.inflict()
  expect((await device.read()).finished?.verified).toBe(true)
})

test.each(['all', 'some'])(
  'a walk in which %s contacts lack their properties empties none',
  async (which) => {
    let isLying = false
    const device = patientDevice(
      sandbox,
      { contacts: 250, folders: 0, deltaLatest: 'refuse' },
      {
        pageSize: 1000,
        fetch: rewriting((text, address) => {
          if (!isLying || !address.includes('/delta?$select')) return text
          const page = JSON.parse(text) as { value: Record<string, unknown>[] }
          const value = page.value.map((item, place) =>
            which === 'all' || place % 50 === 1
              ? { id: item['id'], changeKey: item['changeKey'], categories: item['categories'] }
              : item,
          )
          return JSON.stringify({ ...page, value })
        }),
      },
    )
    await device.read()
    isLying = true
    device.inflict({ kind: 'delta-lost', match: '*deltatoken*', issuedBefore: 'now' })
    await device.read()
    expect(device.isExact()).toBe(true)
  },
)
