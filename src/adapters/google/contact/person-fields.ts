/**
 * The fields that are requested: those that a contact keeps, and no others (People API, `personFields`). A sync token is only
 * valid for the fields for which it was issued.
 */
export const personFields = [
  'addresses',
  'biographies',
  'birthdays',
  'emailAddresses',
  'events',
  'imClients',
  'metadata',
  'names',
  'nicknames',
  'organizations',
  'phoneNumbers',
  'relations',
  'sipAddresses',
  'urls',
] as const

/** One of `personFields`. */
export type PersonField = (typeof personFields)[number]
