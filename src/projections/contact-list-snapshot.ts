import type { Contact } from '../domain/contact.ts'
import { freezeContacts } from '../domain/freeze-contacts.ts'
import type { Source } from '../domain/source.ts'
import { emptyList, type ContactList, type ContactLists, type StagedList } from './contact-lists.ts'
import type { DisplayOrder } from './display-order.ts'
import { LazyContacts } from './lazy-contacts.ts'
import type { OrderSetting } from './sort-contacts.ts'

/** Increase the version when the shape of `ContactLists` or of a contact changes: older snapshots are then rebuilt. */
export const CONTACT_LIST_SNAPSHOT = { name: 'contact-lists', version: 6 } as const

/** Contacts in a part: few enough to read or write in a few milliseconds. */
const PART = 500

/** The parts that contain a list of contacts. */
interface Placed {
  readonly size: number
  readonly first: number
  readonly end: number
}

/** Where the parts of a list are. Only counts and places, because this is saved unencrypted. */
interface SavedList {
  /** The linking whose key encrypts the parts. */
  readonly linking: string
  /** The part with everything except the contacts. */
  readonly about: number
  readonly contacts: Placed
  readonly beyond: Placed
  /** Null if no contact is staged. */
  readonly staged: Placed | null
}

type About = Omit<ContactList, 'contacts' | 'beyond' | 'staged' | 'pending'> & {
  readonly staged: Omit<StagedList, 'contacts'> | null
}

/** The contacts of each list are in the display order of this setting. */
interface SavedLists extends OrderSetting {
  readonly lists: Readonly<Partial<Record<Source, SavedList>>>
}

/** A part of a snapshot. It belongs to one source, because it is encrypted with the key of its linking. */
export interface SnapshotPart {
  readonly source: Source
  readonly linking: string
  /** A JSON value. */
  readonly value: unknown
}

export interface Snapshot {
  /** A JSON value without personal data. */
  readonly data: unknown
  readonly parts: readonly SnapshotPart[]
}

/**
 * Takes a snapshot of the lists: a small head, and parts with many contacts each. Later folds do not change it. An
 * unfinished checkpoint is left out, because it repeats the list. Null if a list cannot be read: the log shows why.
 *
 * @param linkingOf returns the current linking of a source
 */
export const takeSnapshot = (
  lists: ContactLists,
  order: DisplayOrder,
  linkingOf: (source: Source) => string,
): Snapshot | null => {
  const present = (Object.entries(lists) as [Source, ContactList][]).filter(([, list]) => list !== emptyList)
  if (present.some(([, { unreadable, staged }]) => unreadable ?? staged?.unreadable)) return null
  const parts: SnapshotPart[] = []
  const inOrder = order.of(lists)
  const saved = present.map(([source, list]) => {
    const { contacts, beyond, staged, pending: _, ...rest } = list
    const linking = linkingOf(source)
    const add = (value: unknown) => parts.push({ source, linking, value })
    const place = (placed: readonly Contact[]): Placed => {
      const first = parts.length
      for (let start = 0; start < placed.length; start += PART) add(placed.slice(start, start + PART))
      return { size: placed.length, first, end: parts.length }
    }
    const { contacts: stagedContacts = null, ...stagedRest } = staged ?? {}
    const about = { ...rest, staged: staged && stagedRest }
    return [
      source,
      {
        linking,
        about: add(about) - 1,
        contacts: place(
          contacts.size === inOrder.length
            ? inOrder
            : inOrder.filter((contact) => contacts.get(contact.id) === contact),
        ),
        beyond: place([...beyond.values()]),
        staged: stagedContacts && place([...stagedContacts.values()]),
      } satisfies SavedList,
    ] as const
  })
  const data: SavedLists = { ...order.setting, lists: Object.fromEntries(saved) }
  return { data, parts }
}

/** The source and the linking of each part of a saved snapshot. Null if the JSON is not the head of one. */
export const partsOfSnapshot = (data: unknown): readonly Omit<SnapshotPart, 'value'>[] | null => {
  if (!isSaved(data)) return null
  const owners: Omit<SnapshotPart, 'value'>[] = []
  for (const [source, { linking, about, contacts, beyond, staged }] of entriesOf(data)) {
    const owner = { source, linking }
    owners[about] = owner
    for (const placed of [contacts, beyond, staged])
      for (let index = placed?.first ?? 0; index < (placed?.end ?? 0); index++) owners[index] = owner
  }
  return owners
}

/** Restores the lists from a snapshot. Null if the JSON is not a snapshot: the lists are then rebuilt. */
export const restoreSnapshot = (data: unknown, parts: readonly (() => unknown)[]): ContactLists | null => {
  if (!isSaved(data)) return null
  const { locale, nameOrder } = data
  const contactsAt = ({ size, first, end }: Placed) => {
    const placed = parts.slice(first, end) as (() => readonly Contact[])[]
    return new LazyContacts(
      size,
      { locale, nameOrder },
      placed.map((part) => () => freezeContacts(part())),
    )
  }
  const restored = entriesOf(data).map(([source, { about, contacts, beyond, staged: stagedContacts }]) => {
    const { staged, ...rest } = parts[about]?.() as About
    const list: ContactList = {
      ...rest,
      contacts: contactsAt(contacts),
      beyond: contactsAt(beyond),
      pending: null,
      // A resumed attempt adds to a Map of its own.
      staged: staged && {
        ...staged,
        contacts: stagedContacts && new Map(contactsAt(stagedContacts)),
      },
    }
    return [source, list] as const
  })
  return Object.fromEntries(restored)
}

const isSaved = (data: unknown): data is SavedLists =>
  typeof data === 'object' && data !== null && 'locale' in data && 'nameOrder' in data && 'lists' in data

const entriesOf = ({ lists }: SavedLists) => Object.entries(lists) as [Source, SavedList][]
