import { contactFields } from '../../src/adapters/microsoft365/contact/contact-fields.ts'

/** What an import asks for, so that all who are compared get the same bytes. */
export const listing = {
  path: '/me/contacts',
  select: contactFields.join(),
  headers: { Prefer: 'IdType="ImmutableId"' },
} as const

export interface ImportInput {
  readonly origin: string
  readonly token: string
  /** That must have come in the end. */
  readonly contacts: number
}

/** Throws where an import did not bring what it should: then its time says nothing. */
export const checkCount = (count: number, { contacts }: ImportInput): void => {
  if (count !== contacts) throw new Error(`${count} contacts instead of ${contacts}`)
}
