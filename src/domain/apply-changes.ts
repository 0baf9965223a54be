import type { Contact, Removal, SkippedContact } from './contact.ts'

/** What is known of a mailbox, on the device and beyond the limit. */
export interface KnownMailbox {
  readonly contacts: ReadonlyMap<string, Contact>
  /** What it holds and could not be taken. An id is either here or among the contacts. */
  readonly skipped: readonly SkippedContact[]
}

export interface MailboxChanges {
  readonly removed: readonly Removal[]
  readonly upserted: readonly Contact[]
  readonly skipped: readonly SkippedContact[]
}

/**
 * What a mailbox comes to by changes. It changes the very Map of contacts that it is given: a copy for each page
 * would cost the square of the pages.
 *
 * Removals come first. Whatever comes under an id takes the place of what was known under it: a contact that
 * can no longer be read leaves the list, as it would in a complete listing, until it can be read again.
 */
export const applyChanges = (
  known: KnownMailbox,
  { removed, upserted, skipped }: MailboxChanges,
): KnownMailbox => {
  const contacts = known.contacts as Map<string, Contact>
  // What has no id is told apart by its place; nothing ever replaces it but a complete listing.
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

/** What was recorded in another folder since has only moved there. */
const isGone = (known: Contact | SkippedContact | undefined, { folder }: Removal): boolean =>
  folder === undefined || known?.folder === undefined || known.folder === folder
