import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { faker } from '@faker-js/faker'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Fault, Sandbox } from '../../sandbox/index.ts'
import { startSandbox } from '../../sandbox/index.ts'
import { graphContactSource } from '../../src/adapters/microsoft365/mailbox/graph-contact-source.ts'
import { accessTokenFile } from '../../src/adapters/sign-in/access-token-file.node.ts'
import { readSource } from '../../src/testing/read-source.ts'
import { test as testInFolder } from '../temp-folder.ts'
import { damagedAt } from './damaged-contact.ts'
import { type EngineDevice, patientDevice as engineDevice } from './engine-device.ts'
import { rewritingParts } from './rewriting-fetch.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ contacts: 40, folders: 2, distributionLists: 3, concurrency: null })
})
afterAll(() => sandbox.close())

const longNote = ({ mailbox }: EngineDevice, place = 0): string => {
  const contact = mailbox.contacts()[place]
  if (contact === undefined) throw new Error('The mailbox is too small')
  mailbox.change(contact.id, { personalNotes: faker.lorem.paragraphs(4) })
  return contact.immutableId
}

describe('a stored delta link that always fails', () => {
  test.each([500, 502, 503, 504])(
    'with %i is dropped, and the folders are listed in this attempt',
    async (status) => {
      const device = engineDevice(sandbox, {})
      await device.read()
      for (let change = 0; change < 5; change++) device.changing.change()
      device.inflict({ kind: 'status', status, match: '*deltatoken*', issuedBefore: 'now' })
      const { reports, finished } = await device.read()
      expect(reports[0]?.type).toBe('contacts.counted')
      expect(finished?.verified).toBe(true)
      expect(device.isExact()).toBe(true)

      // The new links are stored: the next refresh is one by changes.
      for (let change = 0; change < 5; change++) device.changing.change()
      expect((await device.read()).reports[0]?.type).toBe('changes.fetched')
      expect(device.isExact()).toBe(true)
    },
  )

  test('is tried four times, and the changes of all other folders are read', async () => {
    const device = engineDevice(sandbox, { contacts: 40, folders: 3 })
    await device.read()
    device.changing.change()
    device.inflict({ kind: 'status', status: 504, match: '*contactFolders*deltatoken*', issuedBefore: 'now' })
    sandbox.requests.clear()
    await device.read()
    expect(device.isExact()).toBe(true)
    const failed = sandbox.requests.entries.filter(({ status }) => status === 504)
    // One in the batch and three alone, for each of the three folders.
    expect(failed).toHaveLength(12)
  })

  test('is retried for the full time if the service answers nothing else either', async () => {
    const device = engineDevice(sandbox, {}, { limits: { retries: 120_000 } })
    await device.read()
    device.inflict({ kind: 'status', status: 504 })
    await expect(device.read()).rejects.toMatchObject({ code: 'service-unavailable' })
    expect(device.list().size).toBe(40)
  })

  test('does not stop an attempt if new links fail as well: the mailbox is read without deltas', async () => {
    const device = engineDevice(sandbox, {})
    await device.read()
    device.inflict({ kind: 'status', status: 504, match: '*delta*' })
    const { finished } = await device.read()
    expect(finished?.verified).toBe(true)
    expect(device.isExact()).toBe(true)
  })
})

describe('a contact that cannot be fetched by its id', () => {
  test.each([
    ['a first import', false],
    ['a refresh', true],
  ])('keeps its cut note in %s, is marked, and costs no other contact', async (_, isRefresh) => {
    const device = engineDevice(sandbox, {})
    if (isRefresh) await device.read()
    const damaged = longNote(device)
    for (let place = 1; place < 5; place++) longNote(device, place)
    const fault = { kind: 'status', status: 500, code: 'ErrorCorruptData' } as const
    device.inflict({ ...fault, match: `*contacts/${damaged}*` })
    const { finished } = await device.read()
    const kept = device.list().get(damaged)
    expect(kept?.note).toHaveLength(256)
    expect(kept?.incomplete).toEqual([{ field: 'personalNotes', reason: 'cut' }])
    expect(device.list().size).toBe(40)
    const others = [...device.list().values()].filter(({ id, incomplete }) => id !== damaged && incomplete)
    expect(others).toEqual([])
    expect(finished?.verified).toBe(true)
  })

  test('keeps the full note that the device has of the same version', async () => {
    const device = engineDevice(sandbox, {})
    const damaged = longNote(device)
    await device.read()
    device.inflict({ kind: 'status', status: 500, match: `*contacts/${damaged}*` })
    device.remember(null)
    await device.read()
    expect(device.isExact()).toBe(true)
  })

  test('is given up sooner if there are many', async () => {
    const device = engineDevice(sandbox, { contacts: 80 })
    for (let place = 0; place < 60; place++) longNote(device, place)
    device.inflict({ kind: 'status', status: 500, match: 'GET *contacts/AAk*' })
    sandbox.requests.clear()
    await device.read()
    expect([...device.list().values()].filter(({ incomplete }) => incomplete)).toHaveLength(60)
    const failed = sandbox.requests.entries.filter(({ status }) => status === 500)
    expect(failed.length).toBeLessThan(8 * 4 + 52 * 2 + 12)
  })
})

describe('large pages that are never answered', () => {
  test.each([
    ['a first import', {}, []],
    ['one that rescans', {}, [{ kind: 'status', status: 400, match: '*/delta*' } as const]],
  ])('are read in halves in %s, and the size that works is remembered', async (_, settings, always) => {
    const device = engineDevice(sandbox, { contacts: 700, ...settings }, { pageSize: 1000 })
    device.inflict({ kind: 'large-page', most: 100, status: 504 }, ...always)
    const { finished, ids } = await device.read()
    expect(finished?.verified).toBe(true)
    expect(new Set(ids).size).toBe(ids.length)
    expect(device.isExact()).toBe(true)
    expect(device.cursor()).toMatchObject({ pageSize: 62 })
  })

  test('are not requested again when a refresh lists everything', async () => {
    const device = engineDevice(sandbox, { contacts: 300 }, { pageSize: 1000 })
    const large: Fault = { kind: 'large-page', most: 100, status: 504 }
    device.inflict(large)
    await device.read()
    device.inflict(large, { kind: 'delta-lost', match: '*deltatoken*', times: 20 })
    device.sent.length = 0
    await device.read()
    expect(device.isExact()).toBe(true)
    // A refresh that lists completely, as once a week.
    const { contacts } = await readSource(device.source, { isRefresh: true, lastCursor: device.cursor() })
    expect(contacts.size).toBe(device.list().size)
    expect(device.sent.filter((line) => /contacts\?.*\$top=(1000|500|250|125)/.test(line))).toEqual([])
  })
})

describe('a page that fails because of one contact', () => {
  test.each([0, 7, 49])('loses that contact only, at %i, and shows that it is missing', async (place) => {
    const device = engineDevice(
      sandbox,
      { contacts: 50, folders: 0, distributionLists: 0 },
      { pageSize: 16, fetch: damagedAt(sandbox.origin, place) },
    )
    const { skipped, finished } = await device.read()
    const missing = device.mailbox.contacts()[place]
    expect(device.list().size).toBe(49)
    expect(device.list().has(missing?.immutableId ?? '')).toBe(false)
    expect(skipped).toMatchObject([{ reason: 'unreadable' }])
    expect(finished?.verified).toBe(false)
  })

  test('leaves it on a device that has it', async () => {
    let isDamaged = false
    const fetching: typeof fetch = (address, init) =>
      (isDamaged ? damagedAt(sandbox.origin, 7) : fetch)(address, init)
    const device = engineDevice(
      sandbox,
      { contacts: 50, folders: 0, distributionLists: 0 },
      { pageSize: 16, fetch: fetching },
    )
    await device.read()
    isDamaged = true
    device.remember(null)
    await device.read()
    expect(device.isExact()).toBe(true)
  })
})

describe('a listing with opaque links', () => {
  /** Replaces the `$skip` in links by a token, and back. */
  const opaqueOver =
    (inner: typeof fetch): typeof fetch =>
    async (address, init) => {
      const plain = (text: string) => text.replaceAll('%24skiptoken=page', '%24skip=')
      const body = typeof init?.body === 'string' ? { body: plain(init.body) } : {}
      const response = await inner(plain(address as string), { ...init, ...body })
      const text = (await response.text()).replaceAll(/%24skip=(\d+)/g, '%24skiptoken=page$1')
      return new Response(text, { status: response.status, headers: response.headers })
    }
  const opaque = opaqueOver(fetch)

  test('starts over with smaller pages if a page keeps failing', async () => {
    const device = engineDevice(sandbox, { contacts: 300, folders: 0 }, { pageSize: 160, fetch: opaque })
    device.inflict({ kind: 'status', status: 504, match: '*$top=160&$skip=160*' })
    const { finished } = await device.read()
    expect(finished?.verified).toBe(true)
    expect(device.isExact()).toBe(true)
  })

  test('ends at a damaged contact that smaller pages do not get past, and the others are imported', async () => {
    const settings = { contacts: 300, folders: 1, distributionLists: 0 }
    const fetching = opaqueOver(damagedAt(sandbox.origin, 50))
    const device = engineDevice(sandbox, settings, { pageSize: 160, fetch: fetching })
    const { skipped, finished } = await device.read()
    expect(skipped).toMatchObject([{ reason: 'folder-unreadable' }])
    expect(finished?.verified).toBe(false)
    const items = device.mailbox.items(device.otherFolder()).filter(({ kind }) => kind === 'contact')
    expect(items.filter(({ immutableId }) => !device.list().has(immutableId))).toEqual([])
    expect(device.list().size).toBeGreaterThan(items.length)
  })
})

describe('a mailbox without a default folder', () => {
  test('is imported from its other folders', async () => {
    const device = engineDevice(sandbox, { defaultFolder: false, contacts: 40, folders: 3 })
    const { finished } = await device.read()
    expect(device.list().size).toBe(device.mailbox.size)
    expect(device.list().size).toBeGreaterThan(0)
    expect(finished?.verified).toBe(true)
    expect(device.isExact()).toBe(true)
    device.changing.change()
    expect((await device.read()).reports[0]?.type).not.toBe('contacts.counted')
    expect(device.isExact()).toBe(true)
  })

  test('fails as no-mailbox if it has no other folder either', async () => {
    const device = engineDevice(sandbox, { defaultFolder: false, contacts: 0, folders: 0 })
    await expect(device.read()).rejects.toMatchObject({ code: 'no-mailbox' })
  })
})

const badBatches: [string, Fault][] = [
  ['HTML with status 200', { kind: 'captive-portal', match: '*$batch*' }],
  ['other JSON', { kind: 'bad-batch', how: 'no-batch', match: '*$batch*' }],
  ['the answers of other requests', { kind: 'bad-batch', how: 'swapped-ids', match: '*$batch*' }],
  ['an answer too few', { kind: 'bad-batch', how: 'missing', match: '*$batch*' }],
  ['text for an object', { kind: 'bad-batch', how: 'text-body', match: '*$batch*' }],
  ['403', { kind: 'status', status: 403, match: '*$batch*' }],
  ['413', { kind: 'status', status: 413, match: '*$batch*' }],
  ['504 for ever', { kind: 'status', status: 504, match: '*$batch*' }],
  ['JSON that is cut short', { kind: 'truncate', match: '*$batch*' }],
  ['a connection that breaks', { kind: 'reset', match: '*$batch*' }],
]

describe('a batch that is answered with', () => {
  test.each(badBatches)('%s is only a detour: its links are followed one by one', async (_, fault) => {
    const device = engineDevice(sandbox, { contacts: 40, folders: 3 })
    for (let place = 0; place < 5; place++) longNote(device, place)
    device.inflict(fault)
    expect((await device.read()).finished?.verified).toBe(true)
    expect(device.isExact()).toBe(true)
    for (let change = 0; change < 5; change++) device.changing.change()
    expect((await device.read()).finished?.verified).toBe(true)
    expect(device.isExact()).toBe(true)
    expect([...(await readSource(device.source)).contacts.keys()].sort()).toEqual(
      [...device.list().keys()].sort(),
    )
  })

  test.each([400, 403])('%i for each part is one as well', async (status) => {
    const body = { error: { code: 'BadRequest' } }
    const refusing = rewritingParts(({ id }) => ({ id, status, headers: {}, body }))
    const device = engineDevice(sandbox, { contacts: 40, folders: 3 }, { fetch: refusing })
    for (let place = 0; place < 5; place++) longNote(device, place)
    expect((await device.read()).finished?.verified).toBe(true)
    expect(device.isExact()).toBe(true)
    for (let change = 0; change < 5; change++) device.changing.change()
    expect((await device.read()).finished?.verified).toBe(true)
    expect(device.isExact()).toBe(true)
  })

  test('nothing is one as well', async () => {
    const device = engineDevice(sandbox, { contacts: 40, folders: 3 }, { limits: { request: 60 } })
    device.inflict({ kind: 'silent', match: '*$batch*' })
    expect((await device.read()).finished?.verified).toBe(true)
    expect(device.isExact()).toBe(true)
  })
})

describe('a listed folder that does not answer', () => {
  test('is skipped, counted and shown, and read by the first refresh that finds it again', async () => {
    const device = engineDevice(sandbox, { contacts: 40, folders: 2 })
    const folder = device.otherFolder()
    device.inflict({ kind: 'status', status: 404, match: `*contactFolders/${folder}/contacts*` })
    const { skipped, finished } = await device.read()
    expect(skipped).toContainEqual({ reason: 'folder-unreadable', folder })
    expect(finished?.verified).toBe(false)
    device.sent.length = 0
    await device.read()
    expect(device.sent).toHaveLength(1)
    device.inflict()
    expect((await device.read()).finished?.verified).toBe(true)
    expect(device.isExact()).toBe(true)
  })
})

describe('a list of folders that always fails', () => {
  test('loses only its folders, and a device keeps those that it has', async () => {
    const device = engineDevice(sandbox, { contacts: 40, folders: 4 })
    await device.read()
    device.inflict({ kind: 'status', status: 504, match: '*childFolders*' })
    const { finished } = await device.read()
    expect(finished?.verified).toBe(false)
    expect(device.isExact()).toBe(true)
    device.remember(null)
    await device.read()
    expect(device.isExact()).toBe(true)
  })
})

describe('a lone 401 for a token from a file', () => {
  testInFolder('is tried once more, and a second one ends the attempt', async ({ folder }) => {
    const device = engineDevice(sandbox, { contacts: 40, folders: 1 })
    const tokenFile = join(folder, 'token.txt')
    writeFileSync(tokenFile, sandbox.issueToken('user'))
    const tokens = accessTokenFile({ tokenFile })
    const source = graphContactSource({ graphUrl: sandbox.graphUrl, tokens })
    for (const match of ['GET *contactFolders?*', 'POST *', 'GET *contacts?*']) {
      device.inflict({ kind: 'status', status: 401, match, times: 1 })
      expect((await readSource(source)).contacts.size).toBe(device.mailbox.size)
    }
    device.inflict({ kind: 'status', status: 401 })
    await expect(readSource(source)).rejects.toMatchObject({ code: 'sign-in-expired' })
  })
})
