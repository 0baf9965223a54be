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

/** What a mailbox holds of a contact: the writable properties of Graph's contact resource. */
export type ContactFields = Record<(typeof textFields)[number], string | null> &
  Record<(typeof listFields)[number], readonly string[]> &
  Record<(typeof addressFields)[number], PostalAddress> & {
    birthday: string | null
    emailAddresses: readonly EmailAddress[]
  }

/**
 * A contact of which nothing is set. Contacts made through the API have null where Outlook leaves an empty
 * text: both are seen in recorded answers.
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
  emailAddresses: [],
})
