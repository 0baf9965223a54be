import * as v from 'valibot'

/** The fields of a person that the sandbox stores, in the order in which Google writes them. */
export const storedFields = [
  'names',
  'nicknames',
  'emailAddresses',
  'phoneNumbers',
  'organizations',
  'addresses',
  'birthdays',
  'biographies',
  'urls',
  'photos',
  'memberships',
  'sipAddresses',
  'imClients',
  'events',
  'relations',
  'userDefined',
] as const

export type StoredField = (typeof storedFields)[number]

/** The other paths that a mask may name. */
const emptyFields = [
  'ageRanges',
  'calendarUrls',
  'clientData',
  'coverPhotos',
  'externalIds',
  'genders',
  'interests',
  'locales',
  'locations',
  'metadata',
  'miscKeywords',
  'occupations',
  'skills',
] as const

export const isMaskPath = (path: string): boolean =>
  (storedFields as readonly string[]).includes(path) || (emptyFields as readonly string[]).includes(path)

/** One value of a field as in the API, without its metadata: `{ value: '+1 …', type: 'work' }`. */
export type FieldEntry = Readonly<Record<string, unknown>>

/** The fields of a person. */
export type PersonFields = Readonly<Partial<Record<StoredField, readonly FieldEntry[]>>>

/** For fields that come from outside. */
export const personFieldsSchema = v.record(
  v.picklist(storedFields),
  v.array(v.record(v.string(), v.unknown())),
)

/** A contact of a Google account. A deleted one stays known, because the next sync has to report it. */
export interface StoredPerson {
  /** `people/c…`: changes with a rename. */
  readonly resourceName: string
  /** Oldest first. */
  readonly previousResourceNames: readonly string[]
  /** Id of its CONTACT source: never changes. */
  readonly sourceId: string
  /** Id of the profile that it was linked with; null: none. */
  readonly profileId: string | null
  readonly etag: string
  /** ISO 8601, UTC, with milliseconds. */
  readonly updateTime: string
  readonly deleted: boolean
  readonly fields: PersonFields
  /** Position of its last change. */
  readonly changed: number
}
