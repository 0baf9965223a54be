import type { Contact } from '../domain/contact.ts'

/** What a list shows for a contact: its name, or whatever else tells who it is; empty where nothing does. */
export const displayName = (contact: Contact): string => nameOf(contact) || (contact.phones[0]?.value ?? '')

/**
 * Sorts for display: by name in the order of the locale, then what has numbers only, then what has nothing to
 * show; the id settles ties, so that the order is total. A phonetic name (Japanese: yomi) goes before the
 * written one, whose order says nothing.
 */
export const inDisplayOrder = (contacts: Iterable<Contact>, locale?: string): Contact[] => {
  const collator = new Intl.Collator(locale, { sensitivity: 'base', numeric: true, ignorePunctuation: true })
  return [...contacts]
    .map((contact) => ({ contact, key: sortKey(contact), isNameless: nameOf(contact) === '' }))
    .sort(
      (a, b) =>
        Number(a.isNameless) - Number(b.isNameless) ||
        Number(a.key === '') - Number(b.key === '') ||
        collator.compare(a.key, b.key) ||
        (a.contact.id < b.contact.id ? -1 : 1),
    )
    .map(({ contact }) => contact)
}

const sortKey = (contact: Contact): string =>
  joined(contact.name.phoneticFamily, contact.name.phoneticGiven) || displayName(contact)

const nameOf = ({ name, nickname, organization, emails }: Contact): string =>
  name.full ??
  (joined(name.given, name.middle, name.family) ||
    (nickname ?? organization?.name ?? emails[0]?.address ?? ''))

const joined = (...parts: (string | undefined)[]) => parts.filter((part) => part !== undefined).join(' ')
