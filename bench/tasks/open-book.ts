import { openContactBook, sqliteStorage } from '../../src/node.ts'
import { stopwatch } from '../stopwatch.ts'

export interface OpenBookInput {
  readonly file: string
  /** Where the list comes from: the saved view, or the log alone. */
  readonly from: 'view' | 'log'
  readonly contacts: number
}

/** Opens a book: until it is open, and until its list is sorted and may be shown. */
export const openBook = async ({ file, from, contacts }: OpenBookInput) => {
  const watch = stopwatch()
  const { events, locks } = await sqliteStorage(file)
  const unsaved = { ...events, loadView: async () => null }
  const book = await openContactBook({
    store: { events: from === 'view' ? events : unsaved, locks },
    sources: [],
  })
  const openMs = watch.lap()
  const { length } = book.contacts.get()
  const ms = watch.lap()
  await book.close()
  if (length !== contacts) throw new Error(`${length} contacts instead of ${contacts}`)
  return { ms, openMs }
}
