import { expect, test, vi } from 'vitest'
import { sampleContact } from '../../src/testing/sample-contacts.ts'
import { Device, finished, names, page } from './device.ts'

/** Names in the order in which they are displayed, backwards. */
const backwards = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, at) =>
    sampleContact(`${prefix}${at}`, { name: { full: `${prefix} ${count - at}` } }),
  )

/** The numbers of contacts that are sorted at once. */
const watchSorts = () => {
  const sort = vi.spyOn(Array.prototype, 'sort')
  const ofContacts = (all: unknown) =>
    Array.isArray(all) && (all as { contact?: unknown }[])[0]?.contact !== undefined
  return () => sort.mock.contexts.filter(ofContacts).map((all) => (all as unknown[]).length)
}

test('contacts of a page are sorted while the source waits, and not again at the end', async () => {
  const { book, source } = await new Device().open()
  await book.signIn('microsoft365')
  await (await source.signIns.next()).grant()
  const fetch = await source.fetches.next()
  const sorts = watchSorts()
  await fetch.emit({ type: 'contacts.counted', count: 40 })
  await fetch.emit(page(backwards('Bo', 20)))
  await vi.waitFor(() => expect(sorts()).toEqual([20]), { timeout: 10_000 })
  await fetch.emit(page(backwards('Ann', 20)))
  await fetch.emit(finished)
  expect(sorts()).toEqual([20, 20])
  expect(names(book)).toEqual(
    ['Ann', 'Bo'].flatMap((name) => Array.from({ length: 20 }, (_, at) => `${name} ${at + 1}`)),
  )
  vi.restoreAllMocks()
})

test('a page that a new listing voids is neither sorted at the end nor shown', async () => {
  const { book, source } = await new Device().open()
  await book.signIn('microsoft365')
  await (await source.signIns.next()).grant()
  const fetch = await source.fetches.next()
  const sorts = watchSorts()
  await fetch.emit({ type: 'contacts.counted', count: 20 })
  await fetch.emit(page(backwards('Void', 20)))
  await fetch.emit({ type: 'contacts.counted', count: 3 })
  await fetch.emit(page(backwards('Ann', 3)))
  await fetch.emit(finished)
  expect(sorts()).not.toContain(23)
  expect(names(book)).toEqual(['Ann 1', 'Ann 2', 'Ann 3'])
  vi.restoreAllMocks()
})
