import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import type { ContactBook } from '../../src/index.ts'
import { sampleContacts } from '../../src/testing/sample-contacts.ts'
import type { ScriptedFetch } from '../../src/testing/scripted-source.ts'
import { Device, importAll, page, signedIn } from './device.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** Emits a page and keeps no reference to its contacts. */
const emitPage = async (fetch: ScriptedFetch): Promise<readonly WeakRef<object>[]> => {
  const contacts = sampleContacts(20)
  const refs = contacts.map((contact) => new WeakRef(contact))
  await fetch.emit({ type: 'contacts.counted', count: 40 })
  await fetch.emit(page(contacts))
  return refs
}

const held = async (refs: readonly WeakRef<object>[]): Promise<number> => {
  // A WeakRef keeps its target until the current job is over.
  await new Promise((resolve) => setTimeout(resolve))
  collectGarbage()
  return refs.filter((ref) => ref.deref() !== undefined).length
}

const endings: readonly [string, (book: ContactBook, fetch: ScriptedFetch) => Promise<unknown>][] = [
  ['is cancelled', (book) => book.cancel('microsoft365')],
  ['fails', (_, fetch) => fetch.fail('offline')],
  ['is signed out of', (book) => book.signOut('microsoft365')],
]

test.each(endings)('no contact of an attempt stays in memory once it %s', async (_, end) => {
  const opened = await new Device().open()
  const { attempt, fetch } = await signedIn(opened)
  const refs = await emitPage(fetch)
  await end(opened.book, fetch)
  await opened.book.outcome(attempt).catch(() => undefined)
  await expect.poll(() => held(refs)).toBe(0)
})

test('no contact that was shown stays in memory after a sign-out, by another process too', async () => {
  const device = new Device()
  const opened = await device.open()
  await importAll(opened)
  const { book } = await device.open()
  const refs = book.contacts.get().map((contact) => new WeakRef(contact))
  expect(refs).toHaveLength(3)
  await opened.book.signOut('microsoft365')
  await expect.poll(() => held(refs)).toBe(0)
})
