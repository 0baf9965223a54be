import type { Contact } from '../domain/contact.ts'
import type { ContactList, ContactLists, StagedList } from './contact-lists.ts'

/** Raise it when the shape of `ContactLists` or of a contact changes: older saved views are then rebuilt. */
export const SAVED_CONTACT_LISTS = { name: 'contact-lists', version: 2 } as const

type SavedList = Omit<ContactList, 'contacts' | 'beyond' | 'staged' | 'pending'> & {
  readonly contacts: readonly Contact[]
  readonly beyond: readonly Contact[]
  readonly staged: (Omit<StagedList, 'contacts'> & { readonly contacts: readonly Contact[] | null }) | null
}

/** The projection as JSON. What there is of a checkpoint is left out: it says what the list says. */
export const saveContactLists = (lists: ContactLists): unknown =>
  mapValues(lists, ({ contacts, beyond, staged, pending, ...list }): SavedList => ({
    ...list,
    contacts: [...contacts.values()],
    beyond: [...beyond.values()],
    staged: staged && { ...staged, contacts: staged.contacts && [...staged.contacts.values()] },
  }))

/** The projection from its JSON; null where the JSON is none of ours: it is then rebuilt. */
export const loadContactLists = (saved: unknown): ContactLists | null => {
  if (typeof saved !== 'object' || saved === null) return null
  const lists = Object.values(saved) as unknown[]
  if (!lists.every(isSavedList)) return null
  return mapValues(
    saved as Record<string, SavedList>,
    ({ contacts, beyond, staged, ...list }): ContactList => ({
      ...list,
      contacts: byId(contacts),
      beyond: byId(beyond),
      pending: null,
      staged: staged && { ...staged, contacts: staged.contacts && byId(staged.contacts) },
    }),
  )
}

const isSavedList = (value: unknown): value is SavedList =>
  typeof value === 'object' &&
  value !== null &&
  'contacts' in value &&
  Array.isArray(value.contacts) &&
  'beyond' in value &&
  Array.isArray(value.beyond)

const byId = (contacts: readonly Contact[]) => new Map(contacts.map((contact) => [contact.id, contact]))

const mapValues = <From, To>(record: Readonly<Record<string, From>>, map: (value: From) => To) =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]))
