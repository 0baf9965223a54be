import { join } from 'node:path'
import { microsoft365WithTokenFile, openContactBook, sqliteStorage } from '../../../src/node.ts'
import type { Contender } from './contender.ts'

/** This library as a program would use it: the whole book, with a store on the disk. */
export const ours: Contender = {
  allFolders: true,
  importContacts: async ({ tokenFile, folder, signal, keep }) => {
    const book = await openContactBook({
      store: await sqliteStorage(join(folder, 'contacts.db')),
      sources: [microsoft365WithTokenFile({ tokenFile })],
    })
    const cancel = () => void book.cancel('microsoft365')
    signal.addEventListener('abort', cancel)
    try {
      const started = await book.signIn('microsoft365')
      if (!started.ok) throw new Error(started.refusal)
      const { state, code } = await book.outcome(started.attempt)
      for (const contact of book.contacts.get()) keep(contact.id, contact)
      if (state === 'failed' || state === 'cancelled') throw new Error(code ?? state)
    } finally {
      signal.removeEventListener('abort', cancel)
      await book.close()
    }
  },
}
