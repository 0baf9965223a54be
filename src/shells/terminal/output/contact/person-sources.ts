import { displayName } from '../../../../index.ts'
import type { Contact, Person, Source } from '../../../../index.ts'
import { contactRecord } from './contact-line.ts'

/** Short names: Microsoft 365 and the Outlook app exclude each other. */
export const shortNames: Readonly<Record<Source, string>> = {
  microsoft365: 'Microsoft',
  google: 'Google',
  outlook: 'Outlook',
}

/** The sources of a person who has contacts in several; else empty. */
export const sourcesText = (contacts: readonly Contact[]): string => {
  const sources = sourcesOf(contacts)
  return sources.length > 1 ? sources.map((source) => shortNames[source]).join(', ') : ''
}

/** A person as JSON: the contact with its sources, and which contacts these are if there are several. */
export const personRecord = (
  { contact, contacts }: Person,
  folderName: string | null | undefined,
): Readonly<Record<string, unknown>> => {
  const { key, source, ...rest } = contactRecord(contact)
  return {
    key,
    source,
    sources: sourcesOf(contacts),
    ...rest,
    ...(folderName !== undefined && { folderName }),
    ...(contacts.length > 1 && {
      contacts: contacts.map((each) => ({ key: each.key, source: each.source })),
    }),
  }
}

const sourcesOf = (contacts: readonly Contact[]): readonly Source[] => [
  ...new Set(contacts.map(({ source }) => source)),
]

/** Enough of a contact to recognize it, as JSON. */
export const briefRecord = (
  contact: Contact,
): { readonly key: string; readonly source: Source; readonly name: string } => ({
  key: contact.key,
  source: contact.source,
  name: displayName(contact),
})
