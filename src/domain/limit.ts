import type { Contact } from './contact.ts'

/** Maximum number of contacts of one source on the device (product rule). */
export const CONTACT_LIMIT = 10_000

/** A source that reports more contacts is not imported at all (product rule: the largest Int32). */
export const COUNT_LIMIT = 2_147_483_647

type Dated = Pick<Contact, 'id' | 'modified'>

/** Orders the most recently changed first and contacts without a date last. The id breaks ties. */
export const byRecency = (a: Dated, b: Dated): number => {
  const newer = compareText(b.modified ?? '', a.modified ?? '')
  return newer === 0 ? compareText(a.id, b.id) : newer
}

/**
 * Splits contacts at the limit. The most recently changed ones fit; the id breaks ties, so the choice does not
 * depend on the order of arrival. If all fit, their order stays as it is.
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

/** The contacts that fit within the limit. */
export const withinLimit = (contacts: Iterable<Contact>, limit?: number): readonly Contact[] =>
  splitAtLimit(contacts, limit).within

/** The same, by id. Returns the given Map itself if all fit: copying 10,000 contacts takes milliseconds. */
export const withinLimitById = (
  contacts: ReadonlyMap<string, Contact>,
  limit: number = CONTACT_LIMIT,
): ReadonlyMap<string, Contact> =>
  contacts.size <= limit
    ? contacts
    : new Map(withinLimit(contacts.values(), limit).map((contact) => [contact.id, contact]))

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
