import type { Contact } from './contact.ts'
import { CONTACT_LIMIT, withinLimit } from './limit.ts'

/** What an attempt would make of the list, in contacts. */
export interface ListChange {
  readonly imported: number
  readonly available: number
  readonly added: number
  readonly updated: number
  /** Gone from the source. */
  readonly removed: number
  /** Still at the source, but pushed out by the limit. */
  readonly displaced: number
  /** Size of the list before. */
  readonly of: number
}

/** Compares the list on the device with everything an attempt saw at the source. */
export const compareLists = (
  current: ReadonlyMap<string, Contact>,
  seen: ReadonlyMap<string, Contact>,
  limit: number = CONTACT_LIMIT,
): ListChange => {
  const next = withinLimit(seen.values(), limit)
  let added = 0
  let updated = 0
  for (const contact of next) {
    const before = current.get(contact.id)
    if (!before) added++
    else if (isChanged(before, contact)) updated++
  }
  const removed = goneFrom(current, seen).length
  const kept = next.length - added
  return {
    imported: next.length,
    available: seen.size,
    added,
    updated,
    removed,
    displaced: current.size - kept - removed,
    of: current.size,
  }
}

/** The contacts of the list on the device that the source no longer has. */
export const goneFrom = (
  current: ReadonlyMap<string, Contact>,
  seen: ReadonlyMap<string, Contact>,
): readonly Contact[] => [...current.values()].filter(({ id }) => !seen.has(id))

/** Equal versions mean equal content; without versions only the content itself tells. */
const isChanged = (before: Contact, after: Contact): boolean =>
  before.version === undefined || after.version === undefined
    ? JSON.stringify(before) !== JSON.stringify(after)
    : before.version !== after.version
