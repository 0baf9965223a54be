import type { LinkedSource } from '../ports/linked-source.ts'
import { Book } from './book.ts'
import type { ContactBook, ContactBookOptions } from './contact-book.ts'
import { BookState } from './log/book-state.ts'
import { loadSnapshot } from './log/encrypted-snapshot.ts'
import { LinkingKeys } from './log/linking-keys.ts'
import { Log } from './log/log.ts'
import { OlderLists } from './maintenance/older-lists.ts'

/**
 * Opens the contacts on this device. It replays and shows them but starts nothing (`resume` does).
 *
 * Throws a `TypeError` if two sources of one kind are given, and an `ImportFailure` `storage-…` if the store cannot
 * be read or is damaged. The store then stays open, and the caller must close it.
 */
export const openContactBook = async (options: ContactBookOptions): Promise<ContactBook> => {
  checkSources(options.sources)
  const { events, keys: vault } = options.store
  const keys = new LinkingKeys(vault, events.key)
  const saved = await loadSnapshot(events, keys)
  const state = new BookState(saved?.lists)
  const log = new Log(events, options.clock, keys)
  const olderLists = new OlderLists(events.changesLostAfter)

  if (saved) {
    for await (const event of log.readOn({ payloads: false, upTo: saved.position })) {
      state.foldEnvelope(event)
      olderLists.fold(event)
    }
  }
  for await (const event of log.readOn({ payloads: true })) {
    state.fold(event)
    olderLists.fold(event)
  }
  state.checkLists()
  if (options.inspect) state.inspect(options.inspect)

  const book = new Book(options, log, keys, state, olderLists)
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
