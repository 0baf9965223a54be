import type { Contact, Removal, SkippedContact } from './contact.ts'

/** Everything known of a mailbox, on the device and beyond the limit. */
export interface KnownMailbox {
  readonly contacts: ReadonlyMap<string, Contact>
  /** Contacts that it holds but that could not be read. An id is either here or among the contacts. */
  readonly skipped: readonly SkippedContact[]
}

/** Changes of a mailbox, as one report brought them. */
export interface MailboxChanges {
  readonly removed: readonly Removal[]
  readonly upserted: readonly Contact[]
  readonly skipped: readonly SkippedContact[]
}

/**
 * Applies changes to a mailbox. Mutates the Map of contacts that it is given: a copy for each page would cost
 * the square of the number of pages.
 *
 * Removals come first. A change replaces whatever was known under its id: a contact that became unreadable
 * leaves the list, as it would in a complete listing, until it is readable again.
 */
export const applyChanges = (
  known: KnownMailbox,
  { removed, upserted, skipped }: MailboxChanges,
): KnownMailbox => {
  const contacts = known.contacts as Map<string, Contact>
  // An entry without an id is identified by its place. Only a complete listing replaces it.
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
