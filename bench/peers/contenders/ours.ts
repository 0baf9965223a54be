import { join } from 'node:path'
import {
  type ContactBook,
  microsoft365WithTokenFile,
  openContactBook,
  sqliteStorage,
} from '../../../src/node.ts'
import type { Contender, ImportOrder } from './contender.ts'

/** This library as a program would use it: the whole book, with a store on the disk. */
export const ours: Contender = {
  allFolders: true,
  importContacts: (order) => withBook(order, (book) => finished(book, 'signIn')),
  refreshContacts: (order, meanwhile) =>
    withBook(order, async (book) => {
      await finished(book, 'signIn')
      meanwhile()
      await finished(book, 'refresh')
    }),
}

const withBook = async (
  { tokenFile, folder, signal, keep }: ImportOrder,
  read: (book: ContactBook) => Promise<void>,
): Promise<void> => {
  const book = await openContactBook({
    store: await sqliteStorage(join(folder, 'contacts.db'), { keyRing: false }),
    sources: [microsoft365WithTokenFile({ tokenFile })],
  })
  const cancel = () => void book.cancel('microsoft365')
  signal.addEventListener('abort', cancel)
  try {
    await read(book)
  } finally {
    for (const contact of book.contacts.get()) keep(contact.id, contact)
    signal.removeEventListener('abort', cancel)
    await book.close()
  }
}

/** Throws if the attempt does not end with a list. */
const finished = async (book: ContactBook, command: 'signIn' | 'refresh'): Promise<void> => {
  const started = await book[command]('microsoft365')
  if (!started.ok) throw new Error(started.refusal)
  const { state, code } = await book.outcome(started.attempt)
  if (state === 'failed' || state === 'cancelled') throw new Error(code ?? state)
}
