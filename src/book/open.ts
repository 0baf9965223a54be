import type { LinkedSource } from '../ports/linked-source.ts'
import { CONTACT_LIST_SNAPSHOT, restoreSnapshot } from '../projections/contact-list-snapshot.ts'
import { Book } from './book.ts'
import type { ContactBook, ContactBookOptions } from './contact-book.ts'
import { BookState } from './log/book-state.ts'
import { Log } from './log/log.ts'

/**
 * Opens the contacts on this device. It replays and shows them but starts nothing (`resume` does).
 *
 * Throws a `TypeError` if two sources of one kind are given, and an `ImportFailure` `storage-…` if the store cannot
 * be read or is damaged. The store then stays open, for its owner to close.
 */
export const openContactBook = async (options: ContactBookOptions): Promise<ContactBook> => {
  checkSources(options.sources)
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
  if (options.inspect) state.inspect(options.inspect)

  const book = new Book(options, log, state)
  await book.begin()
  return book
}

const checkSources = (linked: readonly LinkedSource[]): void => {
  const kinds = linked.map(({ source }) => source)
  const twice = kinds.find((kind, index) => kinds.indexOf(kind) !== index)
  if (twice === undefined) return
  throw new TypeError(
    `sources: two of the kind "${twice}" were given, but a book links at most one of each kind`,
  )
}
