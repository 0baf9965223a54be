import { beforeEach, expect, test } from 'vitest'
import { memoryStore } from '../../src/adapters/stores/memory/memory-store.ts'
import type { StoredEvent } from '../../src/index.ts'
import { sampleContacts } from '../../src/testing/sample-contacts.ts'
import { account, Device, importAll, list, names, page, refreshAll } from '../core/device.ts'
import { losingPayloads } from './losing-payloads.ts'

let device: Device
beforeEach(() => {
  device = new Device()
})

const open = (isLost: (event: StoredEvent) => boolean, options?: { views: boolean }) =>
  device.open({ store: losingPayloads(memoryStore(device.log), isLost, options) })

const isOfType =
  (...types: readonly string[]) =>
  ({ type }: StoredEvent) =>
    types.includes(type)

const imported = async () => {
  const opened = await device.open()
  await importAll(opened)
  return opened
}

test('a list whose saved view is intact is shown, no matter what else is lost', async () => {
  await (await imported()).book.close()
  const { book } = await open(() => true)
  expect(names(book)).toHaveLength(3)
  expect(account(book)).toMatchObject({ state: 'imported', list: { count: 3 } })
})

test('a list that can no longer be assembled is reported as damaged, and not shown in part', async () => {
  await (await imported()).book.close()
  const before = JSON.stringify(device.log.records)
  await expect(open(isOfType('page.fetched'), { views: false })).rejects.toMatchObject({
    code: 'storage-damaged',
  })
  expect(JSON.stringify(device.log.records)).toBe(before)
})

test('payloads of an earlier list may be lost', async () => {
  const opened = await imported()
  const { last } = device.log
  await refreshAll(opened, sampleContacts(5))
  await opened.book.close()
  const { book } = await open(({ position }) => position <= last, { views: false })
  expect(names(book)).toHaveLength(5)
})

test('the account and the cursors may be lost', async () => {
  await (await imported()).book.close()
  const { book } = await open(isOfType('consent.granted', 'attempt.completed'), { views: false })
  expect(names(book)).toHaveLength(3)
  expect(account(book)).toMatchObject({ state: 'imported', account: null })
})

test('a refresh that lost a page leaves the list, and lists everything again when it is resumed', async () => {
  const { book, source } = await imported()
  const { last } = device.log
  await book.refresh('microsoft365')
  const fetch = await source.fetches.next()
  const contacts = sampleContacts(6)
  await fetch.emit({ type: 'contacts.counted', count: 6 })
  await fetch.emit(page(contacts.slice(0, 2), 'after two'))
  await fetch.emit(page(contacts.slice(2, 4), 'after four'))
  device.crash()

  const isFirstPage = ({ position }: StoredEvent) => position === last + 3
  const next = await open(isFirstPage, { views: false })
  expect(names(next.book)).toHaveLength(3)
  const [resumed] = await next.book.resume()
  const again = await next.source.fetches.next()
  expect(again.request.resumeFrom).toBeNull()
  await list(again, contacts)
  expect(await next.book.outcome(resumed?.attempt ?? '')).toMatchObject({ state: 'imported' })
  expect(names(next.book)).toHaveLength(6)
  await next.book.close()
  expect(names((await open(isFirstPage, { views: false })).book)).toHaveLength(6)
})

test('a held removal that lost a page cannot be approved; the list stays, and a refresh works', async () => {
  const { book, source } = await device.open()
  await importAll({ book, source }, sampleContacts(300))
  const { last } = device.log
  await refreshAll({ book, source }, sampleContacts(100))
  expect(account(book)).toMatchObject({ code: 'removal-held' })
  await book.close()
  const opened = await open(({ position }) => position > last)
  await expect(opened.book.approveRemoval('microsoft365')).rejects.toMatchObject({ code: 'storage-damaged' })
  expect(names(opened.book)).toHaveLength(300)
  await refreshAll(opened, sampleContacts(290))
  expect(names(opened.book)).toHaveLength(290)
})

test('a refresh repairs a list that only its saved view could show', async () => {
  await (await imported()).book.close()
  const { last } = device.log
  const isOld = ({ position }: StoredEvent) => position <= last
  const opened = await open(isOld)
  await refreshAll(opened, sampleContacts(4))
  await opened.book.close()
  expect(names((await open(isOld, { views: false })).book)).toHaveLength(4)
})
