import { copyFile, mkdtemp, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { test } from '../temp-folder.ts'
import { openDriver } from '../../src/adapters/stores/sqlite/driver/open-driver.ts'
import { openContactBook, sqliteStorage } from '../../src/node.ts'
import type { Contact, EventStore } from '../../src/node.ts'
import { sampleContacts } from '../../src/testing/sample-contacts.ts'
import { ScriptedSource } from '../../src/testing/scripted-source.ts'
import { account, importAll, list, names, refreshAll } from '../core/device.ts'
import { copyKeys, openAt } from './base-store.ts'

/** A store that reports each consolidation. */
const observed = (events: EventStore) => {
  const done: (() => void)[] = []
  let times = 0
  const consolidate = async () => {
    await events.consolidate?.()
    times++
    for (const tell of done.splice(0)) tell()
  }
  /** Resolves once the store was consolidated `wanted` times. */
  const consolidated = async (wanted: number): Promise<void> => {
    while (times < wanted) await new Promise<void>((resolve) => done.push(resolve))
  }
  return { events: { ...events, consolidate }, consolidated }
}

const opened = async (store: string) => {
  const { events, locks, keys } = await sqliteStorage(store, { keyRing: false })
  const { consolidated, ...watched } = observed(events)
  const source = new ScriptedSource()
  const book = await openContactBook({ store: { ...watched, locks, keys }, sources: [source] })
  return { book, source, consolidated }
}

/** The list in the database file alone, without the WAL. */
const atRest = async (store: string, root: string): Promise<readonly (string | undefined)[]> => {
  const copy = join(await mkdtemp(join(root, 'copy-')), 'contacts.db')
  await copyFile(store, copy)
  await copyKeys(store, copy)
  const { book } = await openAt(copy)
  const shown = names(book)
  await book.close()
  return shown
}

test('a completed list is in the database file itself before the process ends', async ({ folder }) => {
  const store = join(folder, 'contacts.db')
  const { book, source, consolidated } = await opened(store)
  await importAll({ book, source }, sampleContacts(50))
  await consolidated(1)
  expect(await atRest(store, folder)).toHaveLength(50)
  await refreshAll({ book, source }, sampleContacts(70))
  await consolidated(3)
  expect(await atRest(store, folder)).toHaveLength(70)
  // Later changes, such as the saved list, get there too.
  await consolidated(4)
  expect((await stat(`${store}-wal`)).size).toBe(0)
  await book.close()
})

test('so does a removal that was approved', async ({ folder }) => {
  const store = join(folder, 'contacts.db')
  const { book, source, consolidated } = await opened(store)
  await importAll({ book, source }, sampleContacts(200))
  await consolidated(2)
  const refreshed = await book.refresh('microsoft365')
  await list(await source.fetches.next(), sampleContacts(100))
  await book.outcome(refreshed.ok ? refreshed.attempt : '')
  expect(account(book).held).toEqual({ removes: 100, of: 200 })
  await book.approveRemoval('microsoft365')
  await consolidated(3)
  expect(await atRest(store, folder)).toHaveLength(100)
  await book.close()
})

test('consolidation waits while another process reads, and the list is shown meanwhile', async ({
  folder,
}) => {
  const store = join(folder, 'contacts.db')
  const { book, source, consolidated } = await opened(store)
  const reader = await openDriver(store)
  reader.exec('BEGIN')
  reader.all('SELECT * FROM events')
  const contacts: readonly Contact[] = sampleContacts(50)
  await importAll({ book, source }, contacts)
  expect(names(book)).toHaveLength(50)
  reader.exec('COMMIT')
  reader.close()
  await consolidated(2)
  expect(await atRest(store, folder)).toHaveLength(50)
  await book.close()
})

test('closing waits for it', async ({ folder }) => {
  const { events, locks, keys } = await sqliteStorage(join(folder, 'contacts.db'), { keyRing: false })
  const done: string[] = []
  const slow = async () => {
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve))
    done.push('consolidated')
  }
  const close = async () => {
    done.push('closed')
    await events.close()
  }
  const source = new ScriptedSource()
  const book = await openContactBook({
    store: { events: { ...events, consolidate: slow, close }, locks, keys },
    sources: [source],
  })
  await importAll({ book, source }, sampleContacts(50))
  await book.close()
  expect(done).toEqual(['consolidated', 'consolidated', 'closed'])
})
