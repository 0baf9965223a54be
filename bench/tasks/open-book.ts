import { openContactBook, sqliteStorage } from '../../src/node.ts'
import type { EventStore } from '../../src/node.ts'
import { stopwatch } from '../harness/stopwatch.ts'

export interface OpenBookInput {
  readonly file: string
  /** Where the list comes from: the saved view, or the log alone. */
  readonly from: 'view' | 'log'
  readonly contacts: number
}

/** Contacts on a screen. */
const SCREEN = 50

/**
 * Opens a book. Measures from the open store until the lists are folded (`ms`), until the first screen of the sorted
 * list is there, and until the whole list is there. `wholeMs` also includes loading SQLite.
 */
export const openBook = async ({ file, from, contacts }: OpenBookInput) => {
  const start = stopwatch()
  const { events, locks, keys } = await sqliteStorage(file, { keyRing: false })
  let isRebuilt = false
  const loadView: EventStore['loadView'] = async (name, version) =>
    from === 'view' ? events.loadView(name, version) : null
  // A saved view that cannot be decrypted is not used. Only a read of all payloads shows that.
  const read: EventStore['read'] = (after, options) => {
    isRebuilt ||= options.payloads && after === 0
    return events.read(after, options)
  }
  const watch = stopwatch()
  const store = { events: { ...events, loadView, read }, locks, keys }
  const book = await openContactBook({ store, sources: [] })
  const ms = watch.lap()
  const screen = book.firstContacts(SCREEN)
  const screenMs = watch.lap()
  const list = book.contacts.get()
  const listMs = watch.lap()
  const wholeMs = start.lap()
  await book.close()
  if (list.length !== contacts) throw new Error(`${list.length} contacts instead of ${contacts}`)
  if (screen.some((contact, index) => contact !== list[index]))
    throw new Error('The first screen differs from the list')
  if (isRebuilt !== (from === 'log')) throw new Error(`The list was not read from the ${from}`)
  return { ms, screenMs, listMs, wholeMs }
}
