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
  // An entry without an id is identified by its index. Only a complete listing replaces it.
  const left = new Map(known.skipped.map((each, index) => [each.id ?? index, each] as const))
  for (const removal of removed) {
    if (isGone(contacts.get(removal.id), removal)) contacts.delete(removal.id)
    if (isGone(left.get(removal.id), removal)) left.delete(removal.id)
  }
  for (const [index, each] of skipped.entries()) {
    if (each.id !== undefined) contacts.delete(each.id)
    left.set(each.id ?? known.skipped.length + index, each)
  }
  for (const contact of upserted) {
    contacts.set(contact.id, contact)
    left.delete(contact.id)
  }
  return { contacts, skipped: [...left.values()] }
}

/** A contact recorded in another folder since then has only moved. */
const isGone = (known: Contact | SkippedContact | undefined, { folder }: Removal): boolean =>
  folder === undefined || known?.folder === undefined || known.folder === folder
