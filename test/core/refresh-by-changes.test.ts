import { beforeEach, describe, expect, test } from 'vitest'
import { memoryStore } from '../../src/adapters/stores/memory/memory-store.ts'
import { CONTACT_LIMIT, ImportFailure } from '../../src/index.ts'
import type { Contact, ContactBook, EventStore, Json, NewEvent, SourceReport } from '../../src/index.ts'
import { sampleContact, sampleContacts } from '../../src/testing/sample-contacts.ts'
import type { ScriptedSource } from '../../src/testing/scripted-source.ts'
import { losingPayloads } from '../storage/losing-payloads.ts'
import { account, Device, eventTypes, importAll, names, refreshAll } from './device.ts'

type Changes = Partial<Omit<Extract<SourceReport, { type: 'changes.fetched' }>, 'type' | 'cursor'>>

let device: Device
beforeEach(() => {
  device = new Device()
})

const refreshBy = async (
  { book, source }: { book: ContactBook; source: ScriptedSource },
  changes: Changes | null,
  cursor: Json = null,
) => {
  const started = await book.refresh('microsoft365')
  if (!started.ok) throw new Error(started.refusal)
  const fetch = await source.fetches.next()
  const nothing = { upserted: [], removed: [], skipped: [] }
  if (changes) await fetch.emit({ type: 'changes.fetched', ...nothing, ...changes, cursor: null })
  void fetch.emit({ type: 'listing.finished', cursor, verified: true })
  return book.outcome(started.attempt)
}

const edited = (contacts: readonly Contact[]) =>
  contacts.map((contact) => ({
    ...contact,
    version: `${contact.id}-2`,
    name: { full: `New ${contact.id}` },
  }))

/** The device with its log alone, without saved views. */
const rebuilt = () =>
  device.open({ store: losingPayloads(memoryStore(device.log), () => false, { views: false }) })

const ids = (book: ContactBook) =>
  book.contacts
    .get()
    .map(({ id }) => id)
    .sort()

const withContents = () =>
  device.log.records
    .filter(({ payload, type }) => payload !== null && /fetched|checkpointed/.test(type))
    .map(({ type }) => type)

describe('a capped list', () => {
  const dated = (contact: Contact, modified: string) => ({ ...contact, modified })
  const mailbox = [
    ...sampleContacts(CONTACT_LIMIT).map((contact) => dated(contact, '2026-02-01T00:00:00Z')),
    dated(sampleContact('next'), '2026-01-02T00:00:00Z'),
    dated(sampleContact('last'), '2026-01-01T00:00:00Z'),
  ]

  test('replaces a removed contact by the next one, drops the oldest for a newer one, and counts all', async () => {
    const opened = await device.open()
    expect(await importAll(opened, mailbox)).toMatchObject({ state: 'capped' })
    const gone = await refreshBy(opened, { removed: [{ id: 'c1' }] })
    expect(gone).toMatchObject({
      state: 'capped',
      completion: {
        imported: CONTACT_LIMIT,
        available: CONTACT_LIMIT + 1,
        added: 1,
        removed: 1,
        displaced: 0,
      },
    })
    expect(ids(opened.book)).toContain('next')

    const upserted = [dated(sampleContact('newest'), '2026-03-01T00:00:00Z')]
    const came = await refreshBy(opened, { upserted, removed: [{ id: 'last' }] })
    expect(came).toMatchObject({
      completion: {
        imported: CONTACT_LIMIT,
        available: CONTACT_LIMIT + 1,
        added: 1,
        removed: 0,
        displaced: 1,
      },
    })
    expect(ids(opened.book)).not.toContain('next')

    await opened.book.close()
    const reopened = await device.open()
    expect(await refreshBy(reopened, { removed: [{ id: 'c2' }] })).toMatchObject({
      state: 'imported',
      completion: { imported: CONTACT_LIMIT, available: CONTACT_LIMIT, added: 1, removed: 1 },
    })
    expect(ids(reopened.book)).toContain('next')
    expect(ids((await rebuilt()).book)).toEqual(ids(reopened.book))
  })
})

test('a refresh says how many contacts are missing from the list, not how many it skipped itself', async () => {
  const opened = await device.open()
  await importAll(opened, sampleContacts(5))
  const unread = (id: string) => ({ id, reason: 'malformed-field' as const })
  expect(await refreshBy(opened, { skipped: [unread('c1'), unread('other')] })).toMatchObject({
    skipped: 2,
    completion: { imported: 4, skipped: 2 },
  })
  expect(await refreshBy(opened, { upserted: [sampleContact('new')] })).toMatchObject({
    skipped: 2,
    completion: { imported: 5, skipped: 2 },
  })
  expect(account(opened.book).skipped).toEqual([unread('c1'), unread('other')])
  const mended = { upserted: [sampleContact('c1')], removed: [{ id: 'other' }] }
  expect(await refreshBy(opened, mended)).toMatchObject({ skipped: 0, completion: { imported: 6 } })
})

test('a refresh that finds nothing changed adds some hundred bytes, and updates no view of the list', async () => {
  const opened = await device.open()
  await importAll(opened, sampleContacts(1_000))
  const { last } = device.log
  const shown = opened.book.contacts.get()
  const cursor = { folders: [{ id: 'f'.repeat(120), delta: 'd'.repeat(180) }] }
  expect(await refreshBy(opened, null, cursor)).toMatchObject({ completion: { imported: 1_000, updated: 0 } })
  const added = device.log.records.filter(({ position }) => position > last)
  expect(added.map(({ type }) => type)).toEqual(['attempt.requested', 'attempt.completed'])
  const size = added.reduce((sum, { data, payload }) => sum + data.length + (payload?.length ?? 0), 0)
  expect(size).toBeLessThan(1_000)
  expect(opened.book.contacts.get()).toBe(shown)
})

describe('when changes outgrow half of the list', () => {
  const contacts = sampleContacts(1_200)
  const changed = edited(contacts.slice(0, 700))
  const after = new Set([...changed, ...contacts.slice(700)].map(({ name }) => name.full))
  const pages = Array<string>(3).fill('list.checkpointed')

  test('a checkpoint is written, and the payloads before it are dropped', async () => {
    const opened = await device.open()
    await importAll(opened, contacts)
    await refreshBy(opened, { upserted: changed })
    const shown = opened.book.contacts.get()
    await opened.book.close()
    expect(withContents()).toEqual(pages)
    expect(opened.book.contacts.get()).toBe(shown)

    const { book } = await rebuilt()
    expect(new Set(names(book))).toEqual(after)
    expect(account(book)).toMatchObject({ state: 'imported', account: { username: 'person@example.test' } })
    expect(ids((await device.open()).book)).toEqual(ids(book))
  })

  test.each([0, 1, 2])(
    'a crash after %i of its pages loses nothing, and the next refresh writes it',
    async (written) => {
      let left = written
      const store = memoryStore(device.log)
      const dying: EventStore = {
        ...store,
        append: async (expected, events, drop) => {
          if (isCheckpoint(events) && left-- <= 0) throw new ImportFailure('storage-unavailable')
          return store.append(expected, events, drop)
        },
      }
      const opened = await device.open({ store: dying })
      await importAll(opened, contacts)
      await refreshBy(opened, { upserted: changed })
      await expect.poll(() => device.diagnosed).toHaveLength(1)
      device.crash()

      const next = await rebuilt()
      expect(new Set(names(next.book))).toEqual(after)
      await refreshBy(next, { upserted: edited([sampleContact('one more')]) })
      await next.book.close()
      expect(withContents()).toEqual(pages)
      const { book } = await rebuilt()
      expect(new Set(names(book))).toEqual(new Set([...after, 'New one more']))
    },
  )

  test('other processes show the same list, and may refresh while the checkpoint is being written', async () => {
    const one = await device.open()
    const other = await device.open()
    await importAll(one, contacts)
    await expect.poll(() => names(other.book)).toHaveLength(1_200)
    await refreshBy(one, { upserted: changed })
    await expect.poll(() => device.log.records.some(({ type }) => type === 'list.checkpointed')).toBe(true)
    await refreshBy(other, { upserted: edited([sampleContact('one more')]) })
    await Promise.all([one.book.close(), other.book.close()])
    const expected = new Set([...after, 'New one more'])
    expect(new Set(names((await device.open()).book))).toEqual(expected)
    expect(new Set(names((await rebuilt()).book))).toEqual(expected)
    expect(device.diagnosed).toEqual([])
  })

  test('a removal that is held is written once it is approved, and not before', async () => {
    const opened = await device.open()
    await importAll(opened, contacts)
    const removed = contacts.slice(0, 800).map(({ id }) => ({ id }))
    expect(await refreshBy(opened, { removed })).toMatchObject({ code: 'removal-held' })
    expect(opened.book.heldContacts('microsoft365')).toHaveLength(800)
    expect(await eventTypes(opened.book)).not.toContain('list.checkpointed')
    await opened.book.approveRemoval('microsoft365')
    await opened.book.close()
    expect(withContents()).toEqual(['list.checkpointed'])
    expect(names((await rebuilt()).book)).toHaveLength(400)
  })

  test('an immediate sign-out leaves nothing of it', async () => {
    const opened = await device.open()
    await importAll(opened, contacts)
    await refreshBy(opened, { upserted: changed })
    await opened.book.signOut('microsoft365')
    await opened.book.close()
    expect(JSON.stringify([device.log.records, [...device.log.views]])).not.toContain('New c')
    expect(device.log.records.map(({ type }) => type)).toEqual(['account.signed-out'])
  })
})

describe('the past of a list', () => {
  test('says what each attempt added, updated and removed, and has the list as it was', async () => {
    const opened = await device.open()
    await importAll(opened, sampleContacts(5))
    await refreshBy(opened, { upserted: edited([sampleContact('c1')]), removed: [{ id: 'c2' }] })
    await refreshBy(opened, null)
    await refreshAll(opened, [...edited([sampleContact('c1')]), ...sampleContacts(3, 'new')])
    const past = [...(await opened.book.past('microsoft365'))].map(({ contacts, added, updated, gone }) => ({
      list: contacts.map(({ id }) => id).sort(),
      added: added.map(({ id }) => id).sort(),
      updated: updated.map(({ before, after }) => [before.name.full, after.name.full]),
      gone: gone.map(({ id }) => id),
    }))
    const second = ['c1', 'c3', 'c4', 'c5']
    const nothing = { added: [], updated: [], gone: [] }
    expect(past).toEqual([
      {
        list: ['c1', 'new1', 'new2', 'new3'],
        added: ['new1', 'new2', 'new3'],
        updated: [],
        gone: ['c3', 'c4', 'c5'],
      },
      { ...nothing, list: second },
      { list: second, added: [], updated: [['Contact c1', 'New c1']], gone: ['c2'] },
      { list: ['c1', 'c2', 'c3', 'c4', 'c5'], added: ['c1', 'c2', 'c3', 'c4', 'c5'], updated: [], gone: [] },
    ])
  })

  test('ends with the retention, after a checkpoint', async () => {
    let now = Date.parse('2026-01-01T00:00:00Z')
    const clock = { now: () => new Date(now), newId: () => crypto.randomUUID() }
    const opened = await device.open({ clock })
    await importAll(opened, sampleContacts(5))
    await refreshBy(opened, { removed: [{ id: 'c1' }] })
    now += 31 * 24 * 60 * 60 * 1000
    await refreshAll(opened, sampleContacts(5).slice(1, 4))
    await opened.book.close()
    expect(JSON.stringify(device.log.records)).not.toContain('Contact c1')
    const { book } = await device.open()
    const past = [...(await book.past('microsoft365'))]
    expect(past.map(({ gone }) => gone.length)).toEqual([1])
    expect(book.history.get().map(({ completion }) => completion?.removed)).toEqual([0, 1, 1])
  })
})

const isCheckpoint = (events: readonly NewEvent[]) => events.some(({ type }) => type === 'list.checkpointed')
