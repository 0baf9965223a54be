import type { ExtendedProperty } from './extended-properties.ts'

/** The single-valued text properties of Graph's contact, in the order in which Graph writes them. */
export const textFields = [
  'fileAs',
  'displayName',
  'givenName',
  'initials',
  'middleName',
  'nickName',
  'surname',
  'title',
  'yomiGivenName',
  'yomiSurname',
  'yomiCompanyName',
  'generation',
  'jobTitle',
  'companyName',
  'department',
  'officeLocation',
  'profession',
  'businessHomePage',
  'assistantName',
  'manager',
  'mobilePhone',
  'spouseName',
  'personalNotes',
] as const

export const listFields = ['categories', 'imAddresses', 'homePhones', 'businessPhones', 'children'] as const

export const addressFields = ['homeAddress', 'businessAddress', 'otherAddress'] as const

export interface PostalAddress {
  street?: string
  city?: string
  state?: string
  countryOrRegion?: string
  postalCode?: string
}

export interface EmailAddress {
  name?: string
  address?: string
}

/** What a mailbox stores for a contact: the writable properties of Graph's contact resource. */
export type ContactFields = Record<(typeof textFields)[number], string | null> &
  Record<(typeof listFields)[number], readonly string[]> &
  Record<(typeof addressFields)[number], PostalAddress> & {
    birthday: string | null
    /** Returned only to requests that name them. */
    extended: readonly ExtendedProperty[]
    emailAddresses: readonly EmailAddress[]
  }

/**
 * A contact with nothing set. Unset fields are null in contacts created through the API and empty texts in those from
 * Outlook: both occur in recorded responses.
 */
export const emptyContact = (unset: null | '' = null): ContactFields => ({
  ...(Object.fromEntries(textFields.map((field) => [field, unset])) as Record<
    (typeof textFields)[number],
    null | ''
  >),
  categories: [],
  imAddresses: [],
  homePhones: [],
  businessPhones: [],
  children: [],
  homeAddress: {},
  businessAddress: {},
  otherAddress: {},
  birthday: null,
  extended: [],
  emailAddresses: [],
})

/** The fields whose values differ. */
export const changedFields = (before: ContactFields, after: ContactFields): (keyof ContactFields)[] =>
  (Object.keys(after) as (keyof ContactFields)[]).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  )
