import { mkdtemp } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { list, page } from '../core/device.ts'
import { copyOf } from '../storage/base-store.ts'
import { markedContacts } from './marked.ts'
import { openMarked } from './marked-device.ts'

/** The store in a folder. */
export const storeIn = (folder: string): string => join(folder, 'contacts.db')

/** A copy of a folder with a store, in a new folder in `root`. */
export const copyOfFolder = async (folder: string, root: string): Promise<string> =>
  dirname(await copyOf(storeIn(folder), root))

/**
 * Folders with a list, tokens and keys: closed normally, and left by a process that was killed during a refresh.
 *
 * @param addTo adds to the store before that refresh
 */
export const markedStores = async (
  root: string,
  addTo: (store: string) => Promise<void> = () => Promise.resolve(),
): Promise<{ readonly closed: string; readonly killed: string }> => {
  const folder = await mkdtemp(join(root, 'original-'))
  const { book, source, grant } = await openMarked(folder)
  const started = await book.signIn('microsoft365')
  await grant()
  await list(await source.fetches.next(), markedContacts(300))
  await book.outcome(started.ok ? started.attempt : '')
  await addTo(storeIn(folder))
  await book.refresh('microsoft365')
  const fetch = await source.fetches.next()
  await fetch.emit({ type: 'contacts.counted', count: 300 })
  await fetch.emit(page(markedContacts(300, 'new')))
  const killed = await copyOfFolder(folder, root)
  await book.cancel('microsoft365')
  await book.close()
  return { killed, closed: await copyOfFolder(folder, root) }
}
