import type {
  Address,
  Contact,
  Email,
  Kind,
  Organization,
  Phone,
  SkippedContact,
} from '../../domain/contact.ts'
import type { ContactField } from './contact-fields.ts'
import { contactReader, type ContactReader } from './contact-reader.ts'
import { readBirthday } from './read-birthday.ts'

export type MappedContact = { readonly contact: Contact } | { readonly skipped: SkippedContact }

/**
 * A contact of Graph (the `contact` resource, v1.0) in our own words, or why it cannot be taken. Never
 * throws, whatever comes. Unset is what is absent, null, "", {} or []; text passes as it is.
 */
export const mapContact = (item: unknown): MappedContact => {
  if (typeof item !== 'object' || item === null || Array.isArray(item))
    return skip({ reason: 'not-an-object' })
  const raw = item as Record<string, unknown>
  const { id } = raw
  if (typeof id !== 'string' || id === '')
    return skip({ reason: typeof raw['error'] === 'object' && raw['error'] ? 'error-in-place' : 'no-id' })
  const reader = contactReader(raw)
  const contact = readContact(id, reader)
  return reader.fault === null ? { contact } : skip({ reason: 'malformed-field', id, field: reader.fault })
}

const skip = (skipped: SkippedContact): MappedContact => ({ skipped })

const readContact = (id: string, reader: ContactReader): Contact => ({
  id,
  source: 'microsoft365',
  name: present({
    full: reader.text('displayName'),
    given: reader.text('givenName'),
    middle: reader.text('middleName'),
    family: reader.text('surname'),
    prefix: reader.text('title'),
    suffix: reader.text('generation'),
    phoneticGiven: reader.text('yomiGivenName'),
    phoneticFamily: reader.text('yomiSurname'),
    fileAs: reader.text('fileAs'),
  }),
  phones: [
    ...phones('work', reader.texts('businessPhones')),
    ...phones('home', reader.texts('homePhones')),
    ...phones('mobile', [reader.text('mobilePhone') ?? []].flat()),
  ],
  emails: emails(reader),
  addresses: [
    ...address('work', 'businessAddress', reader),
    ...address('home', 'homeAddress', reader),
    ...address('other', 'otherAddress', reader),
  ],
  ims: reader.texts('imAddresses'),
  categories: reader.texts('categories'),
  ...present({
    folder: reader.text('parentFolderId'),
    version: reader.text('changeKey'),
    modified: understood('lastModifiedDateTime', reader, readTime),
    nickname: reader.text('nickName'),
    organization: organization(reader),
    birthday: understood('birthday', reader, readBirthday),
    note: reader.text('personalNotes'),
    url: reader.text('businessHomePage'),
  }),
})

const phones = (kind: Kind, values: readonly string[]): Phone[] => values.map((value) => ({ value, kind }))

const emails = (reader: ContactReader): Email[] =>
  reader.records('emailAddresses').flatMap((record) => {
    const address = reader.textIn('emailAddresses', record, 'address')
    const name = reader.textIn('emailAddresses', record, 'name')
    if (address === undefined) return []
    // Outlook fills the name with the address, or with "Name (address)", where the person gave none.
    const telling = name !== undefined && name !== address && !name.endsWith(`(${address})`)
    return [telling ? { address, name } : { address }]
  })

type AddressField = 'businessAddress' | 'homeAddress' | 'otherAddress'

const address = (kind: Kind, field: AddressField, reader: ContactReader): Address[] => {
  const record = reader.record(field)
  if (record === undefined) return []
  const parts = present({
    street: reader.textIn(field, record, 'street'),
    city: reader.textIn(field, record, 'city'),
    region: reader.textIn(field, record, 'state'),
    postalCode: reader.textIn(field, record, 'postalCode'),
    country: reader.textIn(field, record, 'countryOrRegion'),
  })
  return Object.keys(parts).length === 0 ? [] : [{ kind, ...parts }]
}

const organization = (reader: ContactReader): Organization | undefined => {
  const parts = present({
    name: reader.text('companyName'),
    phoneticName: reader.text('yomiCompanyName'),
    department: reader.text('department'),
    title: reader.text('jobTitle'),
    office: reader.text('officeLocation'),
    profession: reader.text('profession'),
    manager: reader.text('manager'),
  })
  return Object.keys(parts).length === 0 ? undefined : parts
}

const understood = <T>(
  field: ContactField,
  reader: ContactReader,
  read: (text: string) => T | null,
): T | undefined => {
  const text = reader.text(field)
  const value = text === undefined ? null : read(text)
  if (text !== undefined && value === null) reader.refuse(field)
  return value ?? undefined
}

/** One spelling for all times, since they are compared as text. */
const readTime = (text: string): string | null => {
  const time = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : NaN
  return Number.isNaN(time) ? null : new Date(time).toISOString()
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** Leaves out what is unset, so that it is absent rather than undefined. */
const present = <T extends object>(values: T): Present<T> => {
  const kept: Present<T> = {}
  for (const key in values)
    if (values[key] !== undefined) kept[key] = values[key] as Exclude<T[typeof key], undefined>
  return kept
}
