import { expect, onTestFinished, test, vi } from 'vitest'
import type { Contact } from '../../src/index.ts'
import { sampleContact } from '../../src/testing/sample-contacts.ts'
import { Device, finished, names, page, signedIn } from './device.ts'

/** Names in the order in which they are displayed, backwards. */
const backwards = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, at) =>
    sampleContact(`${prefix}${at}`, { name: { full: `${prefix} ${count - at}` } }),
  )

/** How many contacts of this file each sort takes. Books of other tests may still be sorting. */
const watchSorts = () => {
  const sort = vi.spyOn(Array.prototype, 'sort')
  onTestFinished(() => sort.mockRestore())
  const ofContacts = (all: unknown) =>
    Array.isArray(all) && /^(Bo|Ann|Void)/.test((all as { contact?: Contact }[])[0]?.contact?.id ?? '')
  return () => sort.mock.contexts.filter(ofContacts).map((all) => (all as unknown[]).length)
}

/** A device whose import has begun, and the sorts from then on. */
const importing = async () => {
  const opened = await new Device().open()
  const { fetch } = await signedIn(opened)
  return { book: opened.book, fetch, sorts: watchSorts() }
}

test('contacts of a page are sorted while the source waits, and not again at the end', async () => {
  const { book, fetch, sorts } = await importing()
  await fetch.emit({ type: 'contacts.counted', count: 40 })
  await fetch.emit(page(backwards('Bo', 20)))
  await vi.waitFor(() => expect(sorts()).toEqual([20]), 60_000)
  await fetch.emit(page(backwards('Ann', 20)))
  await fetch.emit(finished)
  expect(sorts()).toEqual([20, 20])
  expect(names(book)).toEqual(
    ['Ann', 'Bo'].flatMap((name) => Array.from({ length: 20 }, (_, at) => `${name} ${at + 1}`)),
  )
})

test('a page that a new listing discards is neither sorted at the end nor shown', async () => {
  const { book, fetch, sorts } = await importing()
  // Without timers there is no idle time, so nothing is sorted before the end.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  await fetch.emit({ type: 'contacts.counted', count: 20 })
  await fetch.emit(page(backwards('Void', 20)))
  await fetch.emit({ type: 'contacts.counted', count: 3 })
  await fetch.emit(page(backwards('Ann', 3)))
  await fetch.emit(finished)
  expect(sorts()).toEqual([3])
  expect(names(book)).toEqual(['Ann 1', 'Ann 2', 'Ann 3'])
})
