import type { Contact } from './contact.ts'
import type { KnownMailbox } from './apply-changes.ts'
import type { Completion } from './events.ts'
import { withinLimitById } from './limit.ts'

/** How completing an attempt would change the list on the device. All fields count contacts. */
export interface ListChange extends Omit<Completion, 'outcome' | 'verified'> {
  /** Size of the list before. */
  readonly of: number
}

/** Compares the list on the device with everything now known about the mailbox. */
export const compareLists = (
  current: ReadonlyMap<string, Contact>,
  { contacts, skipped }: KnownMailbox,
  limit?: number,
): ListChange => {
  const next = withinLimitById(contacts, limit)
  const { added, updated, gone } = differenceOf(current, next)
  const removed = gone.filter(({ id }) => !contacts.has(id)).length
  return {
    imported: next.size,
    available: contacts.size,
    skipped: skipped.length,
    incomplete: incompleteAmong(next.values()),
    added: added.length,
    updated: updated.length,
    removed,
    displaced: gone.length - removed,
    of: current.size,
  }
}

const incompleteAmong = (contacts: Iterable<Contact>): number => {
  let count = 0
  for (const { incomplete } of contacts) if (incomplete !== undefined) count++
  return count
}

/** The contacts of the list on the device that the source no longer has. */
export const goneFrom = (
  current: ReadonlyMap<string, Contact>,
  seen: ReadonlyMap<string, Contact>,
): readonly Contact[] => [...current.values()].filter(({ id }) => !seen.has(id))

/** How two lists on the device differ. */
export interface Difference {
  readonly added: readonly Contact[]
  readonly updated: readonly { readonly before: Contact; readonly after: Contact }[]
  /** No longer on the device, for any reason. */
  readonly gone: readonly Contact[]
}

const contentOf = ({ version, modified, ...content }: Contact): string => JSON.stringify(content)

/**
 * A new version may have the same content: Graph also changes the change key for changes that no field shows. Equal
 * versions have equal content, unless one contact was incomplete or was read with fewer fields. Content is compared only if
 * one of these is possible, because comparing a whole list takes long.
 */
const hasOtherContent = (before: Contact, after: Contact): boolean => {
  if (before === after) return false
  const isSameVersion = before.version !== undefined && before.version === after.version
  const isWhole = before.incomplete === undefined && after.incomplete === undefined
  if (isSameVersion && isWhole && isSameShape(before, after)) return false
  return contentOf(before) !== contentOf(after)
}

/** Whether both have the same fields, with as many values in each. */
const isSameShape = (one: Contact, other: Contact): boolean => {
  const fields = Object.keys(one) as (keyof Contact)[]
  return (
    fields.length === Object.keys(other).length &&
    fields.every((field) => field in other && countIn(one[field]) === countIn(other[field]))
  )
}

const countIn = (value: unknown): number => (Array.isArray(value) ? value.length : 1)

/** A contact in both lists counts as updated if its content differs. */
export const differenceOf = (
  before: ReadonlyMap<string, Contact>,
  after: ReadonlyMap<string, Contact>,
): Difference => {
  if (before === after) return { added: [], updated: [], gone: [] }
  const added: Contact[] = []
  const updated: { before: Contact; after: Contact }[] = []
  for (const contact of after.values()) {
    const known = before.get(contact.id)
    if (!known) added.push(contact)
    else if (hasOtherContent(known, contact)) updated.push({ before: known, after: contact })
  }
  return { added, updated, gone: [...before.values()].filter(({ id }) => !after.has(id)) }
}
