import type { Contact } from '../domain/contact.ts'
import type { ContactList, ContactLists, StagedList } from './contact-lists.ts'
import type { DisplayOrder } from './display-order.ts'
import { LazyContacts } from './lazy-contacts.ts'

/** Raise it when the shape of `ContactLists` or of a contact changes: older saved views are then rebuilt. */
export const CONTACT_LIST_SNAPSHOT = { name: 'contact-lists', version: 3 } as const

/** Contacts in a part: read or written in a few milliseconds. */
const PART = 500

/** Where contacts are among the parts. */
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
  /** Of the display order, in which the contacts of each list are. */
  readonly locale: string
  readonly lists: Readonly<Record<string, SavedList>>
}

/**
 * The projection as JSON: small data, and parts of many contacts. Later folds do not change them. What there is of
 * a checkpoint is left out: it says what the list says.
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

/** The projection from its JSON; null where the JSON is none of ours: it is then rebuilt. */
export const restoreSnapshot = (data: unknown, parts: readonly (() => unknown)[]): ContactLists | null => {
  if (!isSaved(data)) return null
  const contactsAt = ({ size, first, end }: Placed) =>
    new LazyContacts(size, data.locale, parts.slice(first, end) as (() => readonly Contact[])[])
  return mapValues(data.lists, ({ contacts, beyond, staged, ...list }): ContactList => ({
    ...list,
    contacts: contactsAt(contacts),
    beyond: contactsAt(beyond),
    pending: null,
    // An attempt goes on with a Map of its own.
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
