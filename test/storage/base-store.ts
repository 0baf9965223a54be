import { cp, mkdtemp, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { openContactBook, sqliteStorage } from '../../src/node.ts'
import { sampleContacts } from '../../src/testing/sample-contacts.ts'
import { ScriptedSource } from '../../src/testing/scripted-source.ts'
import { importAll } from '../core/device.ts'

/** Opens the book in a file, with a source that the test plays. */
export const openAt = async (store: string) => {
  const source = new ScriptedSource()
  const book = await openContactBook({ store: await sqliteStorage(store), sources: [source] })
  return { book, source }
}

/** Makes a store with a list, closed in good order, in a new folder. */
export const makeStore = async (root: string, contacts: number): Promise<string> => {
  const store = join(await mkdtemp(join(root, 'store-')), 'contacts.db')
  const opened = await openAt(store)
  await importAll(opened, sampleContacts(contacts))
  await opened.book.close()
  // A driver that leaves them behind would hide what it takes to open a store without them.
  for (const name of ['-wal', '-shm']) await rm(store + name, { force: true })
  return store
}

/** A copy of a store and all that lies beside it, in a folder of its own. */
export const copyOf = async (store: string, root: string): Promise<string> => {
  const folder = await mkdtemp(join(root, 'copy-'))
  await cp(dirname(store), folder, { recursive: true })
  return join(folder, basename(store))
}
