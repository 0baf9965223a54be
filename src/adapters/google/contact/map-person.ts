import type {
  ContactName,
  Organization,
  PartialDate,
  SkippedContact,
  SourceContact,
} from '../../../domain/contact.ts'
import { isVisible } from '../../../formats/visible-text.ts'
import { readAddresses, readEmails, readPhones } from './map-points.ts'
import type { PersonField } from './person-fields.ts'
import { isFields, type JsonFields, PersonReader } from './person-reader.ts'

export type MappedPerson = { readonly contact: SourceContact } | { readonly skipped: SkippedContact }

/**
 * Maps a person of the People API (v1), or says why it is skipped. Never throws. A malformed value is left out, and its field
 * marked as incomplete. Text is not changed.
 *
 * @param idOf the id of the contact with this resource name
 */
export const mapPerson = (
  value: unknown,
  idOf: (resourceName: string, alias: string | undefined) => string,
): MappedPerson => {
  if (!isFields(value)) return { skipped: { reason: 'not-an-object' } }
  const resourceName = resourceNameOf(value)
  if (resourceName === null) return { skipped: { reason: 'resourceName' in value ? 'unusable-id' : 'no-id' } }
  const reader = new PersonReader(value)
  const origin = originOf(value)
  const contact = readPerson(idOf(resourceName, origin.alias), value, reader, origin)
  const { malformed } = reader
  if (malformed === null) return { contact }
  return {
    contact: {
      ...contact,
      incomplete: [...malformed].map((field) => ({ field, reason: 'malformed' as const })),
    },
  }
}

/** A name that can be put into an address; null for any other. Google's are `people/` and letters and digits. */
export const resourceNameOf = (person: unknown): string | null => {
  const name = isFields(person) ? person['resourceName'] : undefined
  return typeof name === 'string' && /^people\/[\w-]{1,200}$/.test(name) ? name : null
}

interface Origin {
  readonly alias?: string
  readonly modified?: string
}

/** What `metadata.sources` says of the contact itself: its id, and when it changed. */
const originOf = ({ metadata }: JsonFields): Origin => {
  const sources = isFields(metadata) ? metadata['sources'] : undefined
  const own = (Array.isArray(sources) ? sources : []).find(
    (source: unknown): source is JsonFields => isFields(source) && source['type'] === 'CONTACT',
  )
  const { id, updateTime } = own ?? {}
  const time = typeof updateTime === 'string' ? Date.parse(updateTime) : NaN
  return {
    ...(typeof id === 'string' && /^[\w-]{1,200}$/.test(id) && { alias: id }),
    ...(!Number.isNaN(time) && { modified: new Date(time).toISOString() }),
  }
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

const readPerson = (id: string, person: JsonFields, reader: PersonReader, origin: Origin): SourceContact => {
  const [organization, ...otherOrganizations] = readOrganizations(reader)
  const contact: Writable<SourceContact> = {
    id,
    ...origin,
    source: 'google',
    name: readName(reader),
    phones: readPhones(reader),
    emails: readEmails(reader),
    addresses: readAddresses(reader),
    ims: texts(reader, 'imClients', 'username'),
    // The names of groups are a list of its own, which is not requested.
    categories: [],
  }
  if (typeof person['etag'] === 'string' && person['etag'] !== '') contact.version = person['etag']
  if (organization !== undefined) contact.organization = organization
  if (otherOrganizations.length > 0) contact.otherOrganizations = otherOrganizations
  const sips = texts(reader, 'sipAddresses', 'value')
  if (sips.length > 0) contact.sips = sips
  const [nickname] = texts(reader, 'nicknames', 'value')
  if (nickname !== undefined) contact.nickname = nickname
  const [note] = texts(reader, 'biographies', 'value')
  if (note !== undefined) contact.note = note
  const birthday = readBirthday(reader)
  if (birthday !== undefined) contact.birthday = birthday
  const anniversary = readAnniversary(reader)
  if (anniversary !== undefined) contact.anniversary = anniversary
  return { ...contact, ...readUrls(reader), ...readFamily(reader) }
}

const nameWords = [
  ['given', 'givenName'],
  ['middle', 'middleName'],
  ['family', 'familyName'],
  ['prefix', 'honorificPrefix'],
  ['suffix', 'honorificSuffix'],
  ['phoneticGiven', 'phoneticGivenName'],
  ['phoneticFamily', 'phoneticFamilyName'],
] as const

const readName = (reader: PersonReader): ContactName => {
  const [entry] = reader.entries('names')
  if (entry === undefined) return {}
  const full = reader.text('names', entry, 'displayName') ?? reader.text('names', entry, 'unstructuredName')
  return { ...(full !== undefined && { full }), ...translate(reader, 'names', entry, nameWords) }
}

const organizationWords = [
  ['name', 'name'],
  ['phoneticName', 'phoneticName'],
  ['department', 'department'],
  ['title', 'title'],
  ['office', 'location'],
] as const

/** The current one first. A manager or an assistant is a relation of the person, which belongs to where they work now. */
const readOrganizations = (reader: PersonReader): readonly Organization[] => {
  const field = 'organizations'
  const entries = reader.entries(field)
  const current = entries.toSorted((a, b) => Number(b['current'] === true) - Number(a['current'] === true))
  const all = current.map((entry) => translate(reader, field, entry, organizationWords))
  const colleagues = translate(reader, 'relations', relationsByType(reader), [
    ['manager', 'manager'],
    ['assistant', 'assistant'],
  ])
  const [first = {}, ...rest] = all.filter((each) => Object.keys(each).length > 0)
  return [{ ...first, ...colleagues }, ...rest].filter((each) => Object.keys(each).length > 0)
}

/** The first person of each type of relation. */
const relationsByType = (reader: PersonReader): JsonFields => {
  const byType: Record<string, unknown> = {}
  for (const entry of reader.entries('relations').toReversed()) {
    const type = reader.text('relations', entry, 'type')
    if (type === 'manager' || type === 'assistant') byType[type] = entry['person']
  }
  return byType
}

const readFamily = (reader: PersonReader): Pick<SourceContact, 'spouse' | 'children'> => {
  const of = (types: readonly string[]) =>
    reader.entries('relations').flatMap((entry) => {
      const type = reader.text('relations', entry, 'type')
      const person = reader.text('relations', entry, 'person')
      return person !== undefined && type !== undefined && types.includes(type) ? [person] : []
    })
  const [spouse] = of(['spouse', 'partner', 'domesticPartner'])
  const children = of(['child'])
  return { ...(spouse !== undefined && { spouse }), ...(children.length > 0 && { children }) }
}

/** The page of the organization, and that of the person. */
const readUrls = (reader: PersonReader): Pick<SourceContact, 'url' | 'personalUrl'> => {
  const field = 'urls'
  const of = (isWork: boolean) =>
    reader
      .entries(field)
      .filter((entry) => (reader.text(field, entry, 'type') === 'work') === isWork)
      .map((entry) => reader.text(field, entry, 'value'))
      .find((value) => value !== undefined && isVisible(value))
  const [url, personalUrl] = [of(true), of(false)]
  return { ...(url !== undefined && { url }), ...(personalUrl !== undefined && { personalUrl }) }
}

const readBirthday = (reader: PersonReader): PartialDate | undefined => {
  const field = 'birthdays'
  for (const entry of reader.entries(field)) {
    const date = readDate(entry['date'])
    if (date !== null) return date
    reader.refuse(field)
  }
  return undefined
}

const readAnniversary = (reader: PersonReader): PartialDate | undefined => {
  const field = 'events'
  for (const entry of reader.entries(field)) {
    if (reader.text(field, entry, 'type') !== 'anniversary') continue
    const date = readDate(entry['date'])
    if (date !== null) return date
    reader.refuse(field)
  }
  return undefined
}

/** A date of Google: a year of 0 or none means that it is unknown (google.type.Date). Null if it is none. */
const readDate = (value: unknown): PartialDate | null => {
  if (!isFields(value)) return null
  const { year = 0, month, day } = value
  if (![year, month, day].every((part) => Number.isInteger(part))) return null
  const [y, m, d] = [year as number, month as number, day as number]
  if (y < 0 || y > 9999 || m < 1 || m > 12 || d < 1 || d > daysOf(y, m)) return null
  return y === 0 ? { month: m, day: d } : { year: y, month: m, day: d }
}

/** Without a year, the 29th of February may exist. */
const daysOf = (year: number, month: number): number =>
  new Date(Date.UTC(year === 0 ? 2000 : year, month, 0)).getUTCDate()

/** The visible texts of a field. */
const texts = (reader: PersonReader, field: PersonField, key: string): readonly string[] =>
  reader.entries(field).flatMap((entry) => {
    const value = reader.text(field, entry, key)
    return value !== undefined && isVisible(value) ? [value] : []
  })

/** The texts of an entry that have a value, under our names. */
const translate = <K extends string>(
  reader: PersonReader,
  field: PersonField,
  entry: JsonFields,
  table: readonly (readonly [K, string])[],
): Partial<Record<K, string>> => {
  const translated: Partial<Record<K, string>> = {}
  for (const [word, key] of table) {
    const value = reader.text(field, entry, key)
    if (value !== undefined) translated[word] = value
  }
  return translated
}
