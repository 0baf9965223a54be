import { join } from 'node:path'
import { expect } from 'vitest'
import type { ContactBook, ContactFolder } from '../../src/index.ts'
import { sampleContact, sampleContacts } from '../../src/testing/sample-contacts.ts'
import type { ScriptedFetch } from '../../src/testing/scripted-source.ts'
import { openAt } from '../storage/base-store.ts'
import { test } from '../temp-folder.ts'
import { account, importAll, page } from './device.ts'

type Opened = Awaited<ReturnType<typeof openAt>>

const named = (...names: (string | null)[]): readonly ContactFolder[] =>
  names.map((name, index) => ({ id: `f${index}`, name }))

const refreshBy = async ({ book, source }: Opened, read: (fetch: ScriptedFetch) => Promise<void>) => {
  const started = await book.refresh('microsoft365')
  if (!started.ok) throw new Error(started.refusal)
  await read(await source.fetches.next())
  return book.outcome(started.attempt)
}

const listed = (opened: Opened, count: number, folders: readonly ContactFolder[]) =>
  refreshBy(opened, async (fetch) => {
    await fetch.emit({ type: 'contacts.counted', count })
    await fetch.emit(page(sampleContacts(count)))
    void fetch.emit({ type: 'listing.finished', cursor: null, verified: true, folders })
  })

const foldersOf = (book: ContactBook) => account(book).folders

test('folders have names, the next refresh brings a rename, and both survive the process', async ({
  folder,
}) => {
  const file = join(folder, 'contacts.db')
  const opened = await openAt(file)
  await importAll(opened)
  expect(foldersOf(opened.book)).toEqual([])
  await listed(opened, 3, named(null, 'Clients'))
  expect(foldersOf(opened.book)).toEqual(named(null, 'Clients'))
  await refreshBy(opened, async (fetch) => {
    void fetch.emit({
      type: 'listing.finished',
      cursor: null,
      verified: true,
      folders: named(null, 'Customers'),
    })
  })
  expect(foldersOf(opened.book)).toEqual(named(null, 'Customers'))
  await opened.book.close()

  const again = await openAt(file)
  expect(foldersOf(again.book)).toEqual(named(null, 'Customers'))
  await again.book.close()
})

test('a shell cannot rename a folder for others', async ({ folder }) => {
  const opened = await openAt(join(folder, 'contacts.db'))
  await importAll(opened)
  await listed(opened, 3, named('Clients'))
  const [first] = foldersOf(opened.book) as unknown as [{ name: string }]
  expect(() => (first.name = 'Changed')).toThrow(TypeError)
  expect(foldersOf(opened.book)).toEqual(named('Clients'))
  await opened.book.close()
})

test('the names survive the compaction that follows many changes', async ({ folder }) => {
  const file = join(folder, 'contacts.db')
  const opened = await openAt(file)
  await importAll(opened, sampleContacts(4))
  await refreshBy(opened, async (fetch) => {
    const upserted = sampleContacts(4).map((contact) => ({ ...contact, version: 'later' }))
    await fetch.emit({ type: 'changes.fetched', upserted, removed: [], skipped: [], cursor: null })
    void fetch.emit({ type: 'listing.finished', cursor: null, verified: true, folders: named('Clients') })
  })
  await opened.book.close()
  const again = await openAt(file)
  const types: string[] = []
  for await (const { type } of again.book.events()) types.push(type)
  expect(types.at(-1)).toBe('list.checkpointed')
  expect(foldersOf(again.book)).toEqual(named('Clients'))
  await again.book.close()
})

test('the names are in payloads, never in an envelope, and none is left after a sign-out', async ({
  folder,
}) => {
  const opened = await openAt(join(folder, 'contacts.db'))
  await importAll(opened)
  await listed(opened, 3, named('Zqfolder'))
  const envelopes: unknown[] = []
  for await (const event of opened.book.events()) envelopes.push(event)
  expect(JSON.stringify(envelopes)).not.toContain('Zqfolder')
  await opened.book.signOut('microsoft365')
  expect(foldersOf(opened.book)).toEqual([])
  await opened.book.close()
})

test('a result counts the incomplete contacts of the whole list, not of the changes', async ({ folder }) => {
  const opened = await openAt(join(folder, 'contacts.db'))
  const incomplete = [{ field: 'birthday', reason: 'malformed' }] as const
  await importAll(opened, [...sampleContacts(2), sampleContact('x', { incomplete })])
  const changed = await refreshBy(opened, async (fetch) => {
    const upserted = [sampleContact('y', { incomplete })]
    await fetch.emit({ type: 'changes.fetched', upserted, removed: [], skipped: [], cursor: null })
    void fetch.emit({ type: 'listing.finished', cursor: null, verified: true })
  })
  expect(changed).toMatchObject({ skipped: 0, completion: { added: 1, incomplete: 2 } })
  expect(account(opened.book).list).toMatchObject({ count: 4, incomplete: 2 })
  await opened.book.close()
})
