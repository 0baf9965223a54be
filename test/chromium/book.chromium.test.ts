import { expect, onTestFinished, test } from 'vitest'
import { destroyOpfsKeys } from '../../src/adapters/keys/opfs-vault.ts'
import { indexedDbTokens } from '../../src/adapters/sign-in/browser/token-store.ts'
import { deleteIndexedDbStorage, indexedDbStorage, openContactBook } from '../../src/browser.ts'
import { sampleContact, sampleContacts } from '../../src/testing/sample-contacts.ts'
import { ScriptedSource } from '../../src/testing/scripted-source.ts'
import { account, eventTypes, importAll, list, names, refreshAll, signedIn } from '../core/scripted-steps.ts'
import { dumpOf } from './dump.ts'
import { newName } from './names.ts'
import { removeDatabase } from './raw-database.ts'

/** Opens a device like one more tab, with a source of its own that the test plays. */
const openTab = async (name: string) => {
  const source = new ScriptedSource()
  const diagnosed: unknown[] = []
  const store = await indexedDbStorage(name)
  const diagnose = (error: unknown) => diagnosed.push(error)
  const book = await openContactBook({ store, sources: [source], diagnose })
  onTestFinished(async () => {
    await book.close()
    // A test may remove the database while the book tidies it.
    expect(diagnosed.filter((error) => Reflect.get(Object(error), 'code') !== 'storage-replaced')).toEqual([])
  })
  return { book, source, store }
}

const keyFiles = async (name: string): Promise<readonly string[]> => {
  const files: string[] = []
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle(`${name}.keys`)
  for await (const file of folder.keys()) files.push(file)
  return files
}

test('a list that was imported is there in the next tab, and can be refreshed from it', async () => {
  const name = newName()
  const first = await openTab(name)
  expect(await importAll(first, sampleContacts(1_200))).toMatchObject({ state: 'imported' })
  const shown = names(first.book)
  await first.book.close()
  const second = await openTab(name)
  expect(names(second.book)).toEqual(shown)
  expect(account(second.book)).toMatchObject({ state: 'imported', list: { status: 'ready' } })
  const changed = [...sampleContacts(1_199), sampleContact('new', { name: { full: 'A new one' } })]
  expect(await refreshAll(second, changed)).toMatchObject({ state: 'imported' })
  expect(names(second.book)).toContain('A new one')
  await second.book.close()
  expect(names((await openTab(name)).book)).toHaveLength(1_200)
})

test('one tab imports, the others show it and are refused meanwhile', async () => {
  const name = newName()
  const [first, second] = [await openTab(name), await openTab(name)]
  const { attempt, fetch } = await signedIn(first)
  await expect.poll(() => account(second.book).state).toBe('fetching')
  expect(await second.book.restart('microsoft365')).toEqual({ ok: false, refusal: 'running-elsewhere' })
  await list(fetch, sampleContacts(3))
  expect(await first.book.outcome(attempt)).toMatchObject({ state: 'imported' })
  await expect.poll(() => names(second.book)).toEqual(names(first.book))
})

test('a cancel in another tab ends the import of this one', async () => {
  const name = newName()
  const [first, second] = [await openTab(name), await openTab(name)]
  const { attempt, fetch } = await signedIn(first)
  await expect.poll(() => account(second.book).state).toBe('fetching')
  expect(await second.book.cancel('microsoft365')).toMatchObject({ ok: true })
  expect(await first.book.outcome(attempt)).toMatchObject({ state: 'cancelled' })
  expect(fetch.context.signal.aborted).toBe(true)
  expect(await second.book.restart('microsoft365')).toMatchObject({ ok: true })
})

test('contacts are never in the database in the clear, and a sign-out leaves nothing of them', async () => {
  const name = newName()
  const marked = sampleContacts(600).map((contact) => ({
    ...contact,
    name: { full: `Marked ${contact.id}` },
  }))
  const first = await openTab(name)
  await importAll(first, marked)
  await first.book.close()
  const before = await dumpOf(name)
  expect(before['payloads']).not.toHaveLength(0)
  expect(before['views']).not.toHaveLength(0)
  expect(JSON.stringify(before)).not.toContain('Marked')
  expect(await keyFiles(name)).toHaveLength(1)

  const second = await openTab(name)
  expect(await second.book.signOut('microsoft365')).toMatchObject({ ok: true })
  await second.book.close()
  expect(await dumpOf(name)).toMatchObject({ payloads: [], views: [], events: [expect.any(String)] })
  expect(await keyFiles(name)).toEqual([])
  expect(localStorage.getItem(`device-contacts/${name}`)).toBeNull()
  const third = await openTab(name)
  expect(await eventTypes(third.book)).toEqual(['account.signed-out'])
  expect(account(third.book)).toMatchObject({ state: 'idle', list: null })
})

test('a list whose key is gone is lost, and can be imported again', async () => {
  const name = newName()
  const first = await openTab(name)
  await importAll(first)
  await first.book.close()
  await destroyOpfsKeys(name)
  const second = await openTab(name)
  expect(account(second.book).list).toMatchObject({ status: 'lost' })
  expect(await second.book.refresh('microsoft365')).toEqual({ ok: false, refusal: 'storage-key-lost' })
  const restarted = await second.book.restart('microsoft365')
  await (await second.source.signIns.next()).grant()
  await list(await second.source.fetches.next())
  expect(await second.book.outcome(restarted.ok ? restarted.attempt : '')).toMatchObject({
    state: 'imported',
  })
  expect(names(second.book)).toHaveLength(3)
})

test('a list that the browser has removed is not shown as empty; deleting the storage makes room', async () => {
  const name = newName()
  const first = await openTab(name)
  await importAll(first)
  await first.book.close()
  await removeDatabase(name)
  await expect(indexedDbStorage(name)).rejects.toMatchObject({ code: 'storage-damaged' })
  expect(await deleteIndexedDbStorage(name)).toBe(true)
  const second = await openTab(name)
  expect(await importAll(second)).toMatchObject({ state: 'imported' })
})

test('deleting a storage leaves none of its databases, that of the tokens included', async () => {
  const name = newName()
  const first = await openTab(name)
  await importAll(first)
  await first.book.close()
  await indexedDbTokens(`${name}/tokens`).save(new Uint8Array([1]))
  const ours = async () => (await indexedDB.databases()).filter((database) => database.name?.startsWith(name))
  expect(await ours()).toHaveLength(2)
  expect(await deleteIndexedDbStorage(name)).toBe(true)
  expect(await ours()).toEqual([])
})

test('a tab whose database is deleted by another tab fails as replaced, and keeps showing its list', async () => {
  const name = newName()
  const tab = await openTab(name)
  await importAll(tab)
  expect(await deleteIndexedDbStorage(name)).toBe(true)
  await expect(tab.book.refresh('microsoft365')).rejects.toMatchObject({ code: 'storage-replaced' })
  expect(names(tab.book)).toHaveLength(3)
})
