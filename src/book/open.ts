import { restoreSnapshot, CONTACT_LIST_SNAPSHOT } from '../projections/contact-list-snapshot.ts'
import { Book } from './book.ts'
import type { ContactBook } from './contact-book.ts'
import { Log } from './log/log.ts'
import type { ContactBookOptions } from './options.ts'
import { BookState } from './log/book-state.ts'

/**
 * Opens the contacts on this device. Passive: it replays and shows, and starts nothing (`resume` does).
 * Throws `ImportFailure` `storage-…` where the store cannot be read or is damaged.
 */
export const openContactBook = async (options: ContactBookOptions): Promise<ContactBook> => {
  const { events } = options.store
  const saved = await events.loadView(CONTACT_LIST_SNAPSHOT.name, CONTACT_LIST_SNAPSHOT.version)
  const lists = saved && restoreSnapshot(saved.data, saved.parts)
  const state = new BookState(lists ?? undefined)
  const log = new Log(events, options.clock)

  if (lists) {
    for await (const event of log.readOn({ payloads: false, upTo: saved.position })) state.foldEnvelope(event)
  }
  for await (const event of log.readOn({ payloads: true })) state.fold(event)
  state.checkLists()

  const book = new Book(options, log, state)
  await book.begin()
  return book
}
