import type { Contact, SkippedContact } from '../../../domain/contact.ts'
import { hasUnusableId, type GraphItem } from '../graph/graph-item.ts'
import { mapContact } from './map-contact.ts'

export interface ReadItems {
  readonly contacts: readonly Contact[]
  readonly skipped: readonly SkippedContact[]
  /** Ids that have left the folder, according to a delta query. */
  readonly removed: readonly string[]
}

/** Sorts the items of a page into contacts, skipped contacts and removals. */
export const readItems = (items: readonly GraphItem[]): ReadItems => {
  const contacts: Contact[] = []
  const skipped: SkippedContact[] = []
  const removed: string[] = []
  for (const item of items) {
    if (item.isRemoved && item.id !== null) {
      removed.push(item.id)
      continue
    }
    // Such a contact was never in a list.
    if (item.isRemoved && hasUnusableId(item)) continue
    const mapped = mapContact(item)
    if ('contact' in mapped) contacts.push(mapped.contact)
    else skipped.push(mapped.skipped)
  }
  return { contacts, skipped, removed }
}
