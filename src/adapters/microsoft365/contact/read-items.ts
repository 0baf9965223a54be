import type { SourceContact, SkippedContact } from '../../../domain/contact.ts'
import type { GraphItem } from '../graph/graph-item.ts'
import { mapContact } from './map-contact.ts'

export interface ReadItems {
  readonly contacts: readonly SourceContact[]
  readonly skipped: readonly SkippedContact[]
}

/** Sorts the items of a page into contacts and skipped contacts. Removals are neither. */
export const readItems = (items: readonly GraphItem[]): ReadItems => {
  const contacts: SourceContact[] = []
  const skipped: SkippedContact[] = []
  for (const item of items) {
    if (item.isRemoved) continue
    const mapped = mapContact(item)
    if ('contact' in mapped) contacts.push(mapped.contact)
    else skipped.push(mapped.skipped)
  }
  return { contacts, skipped }
}
