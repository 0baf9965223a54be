import type { Contact, Removal, SkippedContact } from './contact.ts'

/** Everything known about a mailbox, on the device and beyond the limit. */
export interface KnownMailbox {
  readonly contacts: ReadonlyMap<string, Contact>
  /** Contacts in the mailbox that could not be read. An id is either here or among the contacts. */
  readonly skipped: readonly SkippedContact[]
}

/** Changes of a mailbox from one report. */
export interface MailboxChanges {
  readonly removed: readonly Removal[]
  readonly upserted: readonly Contact[]
  readonly skipped: readonly SkippedContact[]
}

/**
 * Applies changes to a mailbox. Mutates the given Map of contacts: copying it for each page would take time
 * quadratic in the number of pages.
 *
 * Removals come first. A change replaces whatever was known under its id: a contact that became unreadable
 * leaves the list, as it would in a complete listing, until it is readable again.
 */
export const applyChanges = (
  known: KnownMailbox,
  { removed, upserted, skipped }: MailboxChanges,
): KnownMailbox => {
  const contacts = known.contacts as Map<string, Contact>
  const left = takeIndex(known.skipped)
  for (const removal of removed) {
    if (isGone(contacts.get(removal.id), removal)) contacts.delete(removal.id)
    if (isGone(left.get(removal.id), removal)) left.delete(removal.id)
  }
  for (const each of skipped) {
    if (each.id !== undefined) contacts.delete(each.id)
    left.set(keyOf(each), Object.freeze(each))
  }
  for (const contact of upserted) {
    contacts.set(contact.id, contact)
    left.delete(contact.id)
  }
  // Frozen like the contacts: shells get the same array.
  const all = Object.freeze([...left.values()])
  indexes.set(all, left)
  return { contacts, skipped: all }
}

type Index = Map<string | symbol, SkippedContact>

/** The index is passed on to the next result. Building it for each page would take as long as copying the Map. */
const indexes = new WeakMap<readonly SkippedContact[], Index>()

const takeIndex = (skipped: readonly SkippedContact[]): Index => {
  const index = indexes.get(skipped)
  indexes.delete(skipped)
  return index ?? new Map(skipped.map((each) => [keyOf(each), each]))
}

/** Entries without an id cannot be distinguished. Only a complete listing replaces them. */
const keyOf = ({ id }: SkippedContact): string | symbol => id ?? Symbol()

/** False if the contact is known in another folder: then it has only moved. */
const isGone = (known: Contact | SkippedContact | undefined, { folder }: Removal): boolean =>
  folder === undefined || known?.folder === undefined || known.folder === folder
