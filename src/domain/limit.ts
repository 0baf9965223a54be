import type { Contact } from './contact.ts'

/** Contacts of one source that fit on the device (product rule). */
export const CONTACT_LIMIT = 10_000

/** A source that reports more than this is not imported at all (product rule: the largest Int32). */
export const COUNT_LIMIT = 2_147_483_647

/** Most recently changed first; a contact without a date comes last; the id settles ties. */
export const byRecency = (a: Contact, b: Contact): number => {
  const newer = compareText(b.modified ?? '', a.modified ?? '')
  return newer === 0 ? compareText(a.id, b.id) : newer
}

/**
 * The contacts that fit: the most recently changed ones, then by id, so that the choice does not depend on
 * the order in which they came. Returns the same values in the same order where all of them fit.
 */
export const withinLimit = (contacts: Iterable<Contact>, limit: number = CONTACT_LIMIT): Contact[] => {
  const all = [...contacts]
  return all.length <= limit ? all : all.sort(byRecency).slice(0, limit)
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
