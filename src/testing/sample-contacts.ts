import type { Contact } from '../domain/contact.ts'

/** A contact with only the fields that matter to a test. */
export const sampleContact = (id: string, more: Partial<Contact> = {}): Contact => ({
  key: `key-of-${id}`,
  id,
  source: 'microsoft365',
  version: `${id}-1`,
  modified: '2026-01-01T00:00:00Z',
  name: { full: `Contact ${id}` },
  phones: [],
  emails: [],
  addresses: [],
  ims: [],
  categories: [],
  ...more,
})

/** `count` contacts with the ids `prefix1`, `prefix2`, … */
export const sampleContacts = (count: number, prefix = 'c'): readonly Contact[] =>
  Array.from({ length: count }, (_, index) => sampleContact(`${prefix}${index + 1}`))
