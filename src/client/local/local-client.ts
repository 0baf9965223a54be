import type { CommandResult, ContactBook } from '../../book/contact-book.ts'
import type { CommandType } from '../../domain/commands.ts'
import type { Contact } from '../../domain/contact.ts'
import type { Envelope } from '../../domain/events.ts'
import type { Source } from '../../domain/source.ts'
import type { PhoneSettings } from '../../projections/phone-index/read-number.ts'
import { Changes } from './changes.ts'
import { clientAccounts } from './client-accounts.ts'
import { ContactIndexes } from './contact-indexes.ts'
import { MOST_EVENTS, MOST_HITS, MOST_ROWS } from '../contacts-client.ts'
import type { ContactsClient } from '../contacts-client.ts'
import { Places } from './places.ts'
import { rowOf } from './row.ts'
import { VersionedList } from './versioned-list.ts'

/** How a client understands numbers, and who hears of its errors. */
export interface ContactsClientOptions {
  /** The country and the telephone system of this device: see `PhoneIndex`. */
  readonly phone?: PhoneSettings
  /** Receives errors that no failure code explains, for developers. */
  readonly diagnose?: (error: unknown) => void
}

/** A client in the thread of its book. */
export interface LocalContactsClient extends ContactsClient {
  /** Ends the client and frees the contacts that it holds: from then on its list is empty. The book stays open. */
  close(): void
}

/** Shows a book of the same thread. Indexes are built when they are first used, in slices. */
export const contactsClient = (
  book: ContactBook,
  { phone = {}, diagnose = () => undefined }: ContactsClientOptions = {},
): LocalContactsClient => {
  const list = new VersionedList(book, diagnose)
  const places = new Places(() => list.contacts)
  const indexes = new ContactIndexes(() => list.contacts, places, phone, book.order.nameOrder)
  // The contacts of an account do not stay in memory after a sign-out.
  const free = () => {
    indexes.clear()
    places.clear()
  }
  list.summary.subscribe({ next: ({ count }) => (count === 0 ? free() : undefined), complete: free })
  const row = (contact: Contact) => rowOf(contact, book.order.nameOrder)
  const changes = new Changes(book, row)
  return {
    accounts: clientAccounts(book.accounts),
    progress: book.progress,
    list: list.summary,
    position: book.position,
    rows: async (version, from, to) =>
      version === list.version ? slice(list.contacts, from, to).map(row) : 'outdated',
    locate: async (keys) => ({
      version: list.version,
      places: keys.slice(0, MOST_ROWS).map((key) => {
        const index = places.of(key)
        const contact = index === undefined ? undefined : list.contacts[index]
        return index === undefined || contact === undefined ? null : { index, row: row(contact) }
      }),
    }),
    find: (text, limit) => indexes.find(text, clamp(limit, MOST_HITS)),
    whois: (number) => indexes.whois(number),
    dial: (number) => indexes.dial(number),
    contact: async (key) => list.contacts[places.of(key) ?? -1] ?? null,
    photo: (key) => book.photo(key),
    held: async (source, from = 0, to = MOST_ROWS) => slice(heldContacts(book, source), from, to).map(row),
    skipped: async (source, from = 0, to = MOST_ROWS) => {
      const account = book.accounts.get().find((each) => each.source === source)
      return slice(account?.skipped ?? [], from, to)
    },
    changes: (source) => changes.of(source),
    events: (after, upTo = Infinity) => eventsOf(book, after, upTo),
    run: async (command, source) => run(book, command, source),
    refreshAll: () => book.refreshAll(),
    retryNow: async (source) => book.retryNow(source),
    close: () => list.close(),
  }
}

const heldContacts = (book: ContactBook, source: Source): readonly Contact[] => {
  const keys = new Set(book.heldContacts(source).map(({ key }) => key))
  return keys.size === 0 ? [] : book.contacts.get().filter(({ key }) => keys.has(key))
}

const run = (book: ContactBook, command: CommandType, source: Source): Promise<CommandResult> =>
  book[command](source)

const eventsOf = async (book: ContactBook, after: number, upTo: number): Promise<readonly Envelope[]> => {
  const found: Envelope[] = []
  for await (const envelope of book.events(after)) {
    if (envelope.position > upTo) break
    found.push(envelope)
    if (found.length === MOST_EVENTS) break
  }
  return found
}

const clamp = (number: number, most: number): number => Math.min(Math.max(Math.trunc(number) || 0, 0), most)

const slice = <T>(all: readonly T[], from: number, to: number): readonly T[] => {
  const start = clamp(from, all.length)
  return all.slice(start, start + clamp(to - start, MOST_ROWS))
}
