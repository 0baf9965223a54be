import type { Contact } from '../domain/contact.ts'
import { freezeContacts } from '../domain/freeze-contacts.ts'
import type { ContactList, ContactLists, StagedList } from './contact-lists.ts'
import type { DisplayOrder } from './display-order.ts'
import { LazyContacts } from './lazy-contacts.ts'

/** Increase the version when the shape of `ContactLists` or of a contact changes: older snapshots are then rebuilt. */
export const CONTACT_LIST_SNAPSHOT = { name: 'contact-lists', version: 4 } as const

/** Contacts in a part: few enough to read or write in a few milliseconds. */
const PART = 500

/** Which parts contain a list of contacts. */
interface Placed {
  readonly size: number
  readonly first: number
  readonly end: number
}

type SavedList = Omit<ContactList, 'contacts' | 'beyond' | 'staged' | 'pending'> & {
  readonly contacts: Placed
  readonly beyond: Placed
  readonly staged: (Omit<StagedList, 'contacts'> & { readonly contacts: Placed | null }) | null
}

interface SavedLists {
  /** The contacts of each list are in the display order of this locale. */
  readonly locale: string
  readonly lists: Readonly<Record<string, SavedList>>
}

/**
 * Takes a snapshot of the lists as JSON: a small head, and parts with many contacts each. Later folds do not change
 * it. An unfinished checkpoint is left out, because it repeats the list.
 */
export const takeSnapshot = (
  lists: ContactLists,
  order: DisplayOrder,
): { readonly data: unknown; readonly parts: readonly (readonly Contact[])[] } => {
  const parts: (readonly Contact[])[] = []
  const place = (contacts: readonly Contact[]): Placed => {
    const first = parts.length
    for (let start = 0; start < contacts.length; start += PART)
      parts.push(contacts.slice(start, start + PART))
    return { size: contacts.length, first, end: parts.length }
  }
  const inOrder = order.of(lists)
  const saved = mapValues(lists, ({ contacts, beyond, staged, pending, ...list }): SavedList => ({
    ...list,
    contacts: place(inOrder.filter((contact) => contacts.get(contact.id) === contact)),
    beyond: place([...beyond.values()]),
    staged: staged && { ...staged, contacts: staged.contacts && place([...staged.contacts.values()]) },
  }))
  return { data: { locale: order.locale, lists: saved } satisfies SavedLists, parts }
}

/** Restores the lists from a snapshot. Null if the JSON is not a snapshot: the lists are then rebuilt. */
export const restoreSnapshot = (data: unknown, parts: readonly (() => unknown)[]): ContactLists | null => {
  if (!isSaved(data)) return null
  const contactsAt = ({ size, first, end }: Placed) => {
    const placed = parts.slice(first, end) as (() => readonly Contact[])[]
    return new LazyContacts(
      size,
      data.locale,
      placed.map((part) => () => freezeContacts(part())),
    )
  }
  return mapValues(data.lists, ({ contacts, beyond, staged, ...list }): ContactList => ({
    ...list,
    contacts: contactsAt(contacts),
    beyond: contactsAt(beyond),
    pending: null,
    // A resumed attempt adds to a Map of its own.
    staged: staged && {
      ...staged,
      contacts: staged.contacts && Object.freeze(new Map(contactsAt(staged.contacts))),
    },
  }))
}

const isSaved = (data: unknown): data is SavedLists =>
  typeof data === 'object' && data !== null && 'locale' in data && 'lists' in data

const mapValues = <From, To>(record: Readonly<Record<string, From>>, map: (value: From) => To) =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]))
