import type { Contact } from '../domain/contact.ts'
import { displayName, joined, nameOf } from './display-name.ts'

/** A contact with its sort keys. */
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
  const name = nameOf(contact)
  const key = joined(contact.name.phoneticFamily, contact.name.phoneticGiven) || name || displayName(contact)
  return { contact, key, group: Number(key === '') + (name === '' ? 2 : 0) }
}

/** Compares entries as `inDisplayOrder` sorts them. */
export const displayComparison = (locale: string | undefined) => {
  const collator = new Intl.Collator(locale, { sensitivity: 'base', numeric: true, ignorePunctuation: true })
  return (a: DisplayEntry, b: DisplayEntry): number =>
    a.group - b.group || collator.compare(a.key, b.key) || (a.contact.id < b.contact.id ? -1 : 1)
}
