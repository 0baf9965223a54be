import type { CommandResult, ContactBook } from '../../book/contact-book.ts'
import type { CommandType } from '../../domain/commands.ts'
import type { Contact, ContactKey } from '../../domain/contact.ts'
import type { Envelope } from '../../domain/events.ts'
import type { Source } from '../../domain/source.ts'
import { numberSources } from '../../projections/people/only-source.ts'
import type { PhoneSettings } from '../../projections/phone-index/read-number.ts'
import { Changes } from './changes.ts'
import { clientAccounts } from './client-accounts.ts'
import { ContactIndexes } from './contact-indexes.ts'
import { MOST_EVENTS, MOST_HITS, MOST_ROWS } from '../contacts-client.ts'
import type { ContactsClient, IdentityDecision, Person } from '../contacts-client.ts'
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
  /** My Contacts in the order of the list, each person once. */
  everyone(): Promise<readonly Person[]>
  /** Ends the client and frees the contacts that it holds: from then on its list is empty. The book stays open. */
  close(): void
}

/** Shows a book of the same thread. Indexes are built when they are first used, in slices. */
export const contactsClient = (
  book: ContactBook,
  { phone = {}, diagnose = () => undefined }: ContactsClientOptions = {},
): LocalContactsClient => {
  const list = new VersionedList(book, phone, diagnose)
  const places = new Places(() => list.contacts)
  const indexes = new ContactIndexes(() => list.contacts, places, phone, book.order.nameOrder)
  // The contacts of an account do not stay in memory after a sign-out.
  const free = () => {
    indexes.clear()
    places.clear()
  }
  list.summary.subscribe({ next: ({ count }) => (count === 0 ? free() : undefined), complete: free })
  const row = (contact: Contact) =>
    rowOf(contact, book.order.nameOrder, sourcesOf(list.together(contact.key) ?? [contact]))
  const ownRow = (contact: Contact) => rowOf(contact, book.order.nameOrder)
  /** The key of the row in which a contact is. */
  const rowKeyOf = (key: ContactKey) => list.together(key)?.[0]?.key ?? key
  const placeOf = (key: ContactKey) => places.of([key]).get(key) ?? -1
  const personOf = (contact: Contact): Person => ({
    contact,
    contacts: list.together(contact.key) ?? [contact],
  })
  /** As its source has it. */
  const ownContact = (key: ContactKey) =>
    list.together(key)?.find((each) => each.key === key) ?? list.contacts[placeOf(key)]
  const decisionsOf = ({ contacts }: Person): readonly IdentityDecision[] => {
    const keys = new Set(contacts.map(({ key }) => key))
    return book.identities.get().flatMap(({ contacts: [first, second], isSame }) => {
      const pair = keys.has(first) ? [first, second] : keys.has(second) ? [second, first] : []
      const [one, other] = pair.map(ownContact)
      return one && other ? [{ contacts: [one, other], isSame }] : []
    })
  }
  const contactOf = async (key: ContactKey) => {
    await list.begun()
    return list.contacts[placeOf(rowKeyOf(key))] ?? null
  }
  const changes = new Changes(book, ownRow)
  return {
    accounts: clientAccounts(book.accounts),
    progress: book.progress,
    list: list.summary,
    position: book.position,
    rows: async (version, from, to) =>
      version === list.version ? slice(list.contacts, from, to).map(row) : 'outdated',
    locate: async (keys) => {
      const rowKeys = keys.slice(0, MOST_ROWS).map(rowKeyOf)
      const indexes = places.of(rowKeys)
      const located = rowKeys.map((key) => {
        const index = indexes.get(key) ?? -1
        const contact = list.contacts[index]
        return contact === undefined ? null : { index, row: row(contact) }
      })
      return { version: list.version, places: located }
    },
    find: async (text, limit) => {
      await list.begun()
      return indexes.find(text, clamp(limit, MOST_HITS))
    },
    findNow: async (text, limit) => {
      await list.begun()
      return indexes.findNow(text, clamp(limit, MOST_HITS))
    },
    whois: async (number) => {
      await list.begun()
      return indexes.whois(number)
    },
    dial: (number) => indexes.dial(number),
    contact: contactOf,
    person: async (key) => {
      const contact = await contactOf(key)
      if (contact === null) return null
      const person = personOf(contact)
      return {
        ...person,
        decisions: decisionsOf(person),
        numberSources: numberSources(person, list.isSameNumber),
      }
    },
    everyone: async () => {
      await list.begun()
      return list.contacts.map(personOf)
    },
    duplicates: async (from = 0, to = MOST_ROWS) => {
      await list.begun()
      return slice(list.possible, from, to).map(({ contacts: [one, other], reasons }) => ({
        rows: [ownRow(one), ownRow(other)],
        reasons,
      }))
    },
    identify: (one, other, isSame) => book.identify(one, other, isSame),
    photo: async (key) => {
      const keys = list.together(key)?.map((contact) => contact.key) ?? [key]
      for (const each of keys.slice(0, -1)) {
        const photo = await book.photo(each)
        if (photo) return photo
      }
      return book.photo(keys.at(-1) ?? key)
    },
    held: async (source, from = 0, to = MOST_ROWS) => slice(heldContacts(book, source), from, to).map(ownRow),
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

const sourcesOf = (contacts: readonly Contact[]): readonly Source[] => [
  ...new Set(contacts.map(({ source }) => source)),
]

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
