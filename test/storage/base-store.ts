import { existsSync } from 'node:fs'
import { cp, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { openContactBook, sqliteStorage } from '../../src/node.ts'
import { sampleContacts } from '../../src/testing/sample-contacts.ts'
import { ScriptedSource } from '../../src/testing/scripted-source.ts'
import { importAll } from '../core/device.ts'

/** Opens the book in a file, with a scripted source. */
export const openAt = async (store: string) => {
  const source = new ScriptedSource()
  const book = await openContactBook({
    store: await sqliteStorage(store, { keyRing: false }),
    sources: [source],
  })
  return { book, source }
}

/** The same, but everything stays in the WAL until the book is closed, as after a kill before consolidation. */
export const openRestless = async (store: string) => {
  const source = new ScriptedSource()
  const storage = await sqliteStorage(store, { keyRing: false })
  const events = { ...storage.events, consolidate: () => Promise.resolve() }
  const book = await openContactBook({ store: { ...storage, events }, sources: [source] })
  return { book, source }
}

/** Makes a store with a list, closed normally, in a new folder. */
export const makeStore = async (root: string, contacts: number): Promise<string> => {
  const store = join(await mkdtemp(join(root, 'store-')), 'contacts.db')
  const opened = await openAt(store)
  await importAll(opened, sampleContacts(contacts))
  await opened.book.close()
  return copyOf(store, root)
}

/** Gives a copy of a store the keys of the original. Some stores have no keys. */
export const copyKeys = async (store: string, copy: string): Promise<void> => {
  const keys = `${store}.keys`
  if (existsSync(keys)) await cp(keys, `${copy}.keys`, { recursive: true })
}

/**
 * A copy of a store and of the files beside it, in a folder of its own. Without the index of the WAL, and without an
 * empty WAL: some drivers leave them behind for a while, others do not.
 */
export const copyOf = async (store: string, root: string): Promise<string> => {
  const folder = await mkdtemp(join(root, 'copy-'))
  for (const name of await readdir(dirname(store))) {
    const bytes = await readFile(join(dirname(store), name)).catch(() => null)
    const isNeeded = !name.endsWith('-shm') && (!name.endsWith('-wal') || bytes?.length !== 0)
    if (bytes && isNeeded) await writeFile(join(folder, name), bytes, { mode: 0o600 })
  }
  await copyKeys(store, join(folder, basename(store)))
  return join(folder, basename(store))
}
