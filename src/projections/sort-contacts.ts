import type { Contact } from '../domain/contact.ts'

/** The name that a list shows: the contact's name, else nickname, company, e-mail address or number; empty if it has none of them. */
export const displayName = (contact: Contact): string => nameOf(contact) || (contact.phones[0]?.value ?? '')

/** A contact with what decides its place. */
export interface DisplayEntry {
  readonly contact: Contact
  readonly key: string
  /** Names come first, then numbers only, then nothing to show. */
  readonly group: number
}

/**
 * Sorts for display: by name in the order of the locale, then contacts with numbers only, then contacts with
 * nothing to show. The id breaks ties, so the order is total. A phonetic name (Japanese: yomi) takes precedence over
 * the written name, whose order would be meaningless.
 */
export const inDisplayOrder = (contacts: Iterable<Contact>, locale?: string): Contact[] =>
  [...contacts]
    .map(displayEntry)
    .sort(displayComparison(locale))
    .map(({ contact }) => contact)

export const displayEntry = (contact: Contact): DisplayEntry => {
  const key = sortKey(contact)
  return { contact, key, group: Number(key === '') + (nameOf(contact) === '' ? 2 : 0) }
}

/** Compares entries as `inDisplayOrder` sorts them. */
export const displayComparison = (locale: string | undefined) => {
  const collator = new Intl.Collator(locale, { sensitivity: 'base', numeric: true, ignorePunctuation: true })
  return (a: DisplayEntry, b: DisplayEntry): number =>
    a.group - b.group || collator.compare(a.key, b.key) || (a.contact.id < b.contact.id ? -1 : 1)
}

const sortKey = (contact: Contact): string =>
  joined(contact.name.phoneticFamily, contact.name.phoneticGiven) || displayName(contact)

const nameOf = ({ name, nickname, organization, emails }: Contact): string =>
  name.full ??
  (joined(name.given, name.middle, name.family) ||
    (nickname ?? organization?.name ?? emails[0]?.address ?? ''))

const joined = (...parts: (string | undefined)[]) => parts.filter((part) => part !== undefined).join(' ')
