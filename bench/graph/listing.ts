import { contactFields } from '../../src/adapters/microsoft365/contact/contact-fields.ts'

/** The request of an import. All contenders send it, so that they get the same bytes. */
export const listing = {
  path: '/me/contacts',
  select: contactFields.join(),
  headers: { Prefer: 'IdType="ImmutableId"' },
} as const

export interface ImportInput {
  readonly origin: string
  readonly token: string
  /** Number of contacts that the import must return. */
  readonly contacts: number
}

/** Throws if an import did not return all contacts: then its time means nothing. */
export const checkCount = (count: number, { contacts }: ImportInput): void => {
  if (count !== contacts) throw new Error(`${count} contacts instead of ${contacts}`)
}
