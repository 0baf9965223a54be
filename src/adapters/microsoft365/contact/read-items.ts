import type { Contact, SkippedContact } from '../../../domain/contact.ts'
import { mapContact } from './map-contact.ts'

export interface ReadItems {
  readonly contacts: readonly Contact[]
  readonly skipped: readonly SkippedContact[]
  /** Ids that a delta query says are gone from the folder. */
  readonly removed: readonly string[]
}

/** Makes contacts of the items of a page, and tells apart what is none. */
export const readItems = (items: readonly unknown[]): ReadItems => {
  const contacts: Contact[] = []
  const skipped: SkippedContact[] = []
  const removed: string[] = []
  for (const item of items) {
    const id = removedId(item)
    if (id !== null) {
      removed.push(id)
      continue
    }
    const mapped = mapContact(item)
    if ('contact' in mapped) contacts.push(mapped.contact)
    else skipped.push(mapped.skipped)
  }
  return { contacts, skipped, removed }
}

/** Each as it was told last: a delta query may name the same one several times (Graph: "delta query overview"). */
export const latestOf = (items: readonly unknown[]): readonly unknown[] => [
  ...new Map(items.map((item) => [(item as { id?: unknown } | null)?.id ?? item, item])).values(),
]

/** Graph marks what is gone by `@removed`, whatever the reason it gives (delta query overview). */
const removedId = (item: unknown): string | null => {
  if (typeof item !== 'object' || item === null || !('@removed' in item)) return null
  const { id } = item as { id?: unknown }
  return typeof id === 'string' && id !== '' ? id : null
}
