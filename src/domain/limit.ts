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
 * The contacts that fit, and those beyond: the most recently changed ones fit, then by id, so that the choice
 * does not depend on the order in which they came. The same values in the same order where all of them fit.
 */
export const splitAtLimit = (
  contacts: Iterable<Contact>,
  limit: number = CONTACT_LIMIT,
): { readonly within: readonly Contact[]; readonly beyond: readonly Contact[] } => {
  const all = [...contacts]
  if (all.length <= limit) return { within: all, beyond: [] }
  all.sort(byRecency)
  return { within: all.slice(0, limit), beyond: all.slice(limit) }
}

/** The contacts that fit. */
export const withinLimit = (contacts: Iterable<Contact>, limit?: number): readonly Contact[] =>
  splitAtLimit(contacts, limit).within

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
