import type {
  Address,
  SourceContact,
  ContactName,
  Email,
  IncompleteField,
  Phone,
  PointKind,
  SkippedContact,
} from '../../../domain/contact.ts'
import { hasUnusableId, type GraphItem } from '../graph/graph-item.ts'
import type { ContactField } from './contact-fields.ts'
import { ContactReader } from './contact-reader.ts'
import { readDate, readTime } from './dates.ts'
import { addEmail } from './emails.ts'
import { readExtended } from './extended-properties.ts'

export type MappedContact = { readonly contact: SourceContact } | { readonly skipped: SkippedContact }

/**
 * Maps a Graph contact (the `contact` resource, v1.0), or says why it is skipped. Never throws. A malformed value is
 * left out, and its field marked as incomplete. Text is not changed.
 */
export const mapContact = (item: GraphItem): MappedContact => {
  const { id, isError, isNoteCut, fields } = item
  if (fields === null) return skip({ reason: 'not-an-object' })
  if (hasUnusableId(item)) return skip({ reason: 'unusable-id' })
  if (id === null) return skip({ reason: isError ? 'error-in-place' : 'no-id' })
  const reader = new ContactReader(fields)
  const contact = readContact(id, reader)
  if (reader.malformed === null && !isNoteCut) return { contact }
  const incomplete: IncompleteField[] = []
  for (const field of reader.malformed ?? []) incomplete.push({ field, reason: 'malformed' })
  if (isNoteCut) incomplete.push({ field: 'personalNotes', reason: 'cut' })
  return { contact: { ...contact, incomplete } }
}

const skip = (skipped: SkippedContact): MappedContact => ({ skipped })

/** Our name for a text field, and Graph's. */
type Words<K extends string, F extends string> = readonly (readonly [K, F])[]
const words = <const T extends Words<string, ContactField>>(table: T): T => table

const nameWords = words([
  ['full', 'displayName'],
  ['given', 'givenName'],
  ['middle', 'middleName'],
  ['family', 'surname'],
  ['prefix', 'title'],
  ['suffix', 'generation'],
  ['phoneticGiven', 'yomiGivenName'],
  ['phoneticFamily', 'yomiSurname'],
  ['fileAs', 'fileAs'],
  ['initials', 'initials'],
])

const organizationWords = words([
  ['name', 'companyName'],
  ['phoneticName', 'yomiCompanyName'],
  ['department', 'department'],
  ['title', 'jobTitle'],
  ['office', 'officeLocation'],
  ['profession', 'profession'],
  ['manager', 'manager'],
  ['assistant', 'assistantName'],
])

const otherWords = words([
  ['folder', 'parentFolderId'],
  ['version', 'changeKey'],
  ['nickname', 'nickName'],
  ['spouse', 'spouseName'],
  ['note', 'personalNotes'],
  ['url', 'businessHomePage'],
])

const addressWords = [
  ['street', 'street'],
  ['city', 'city'],
  ['region', 'state'],
  ['postalCode', 'postalCode'],
  ['country', 'countryOrRegion'],
] as const

const readContact = (id: string, reader: ContactReader): SourceContact => {
  const text = (field: ContactField) => reader.text(field)
  const name = translate({}, nameWords, text)
  const phones = readPhones(reader)
  const contact: Writable<SourceContact> = {
    id,
    source: 'microsoft365',
    name,
    phones,
    emails: readEmails(reader, name),
    addresses: readAddresses(reader),
    ims: reader.texts('imAddresses'),
    categories: reader.texts('categories'),
  }
  translate(contact, otherWords, text)
  const organization = translate({}, organizationWords, text)
  if (!isEmpty(organization)) contact.organization = organization
  const modified = reader.meaning('lastModifiedDateTime', readTime)
  if (modified !== undefined) contact.modified = modified
  const created = reader.meaning('createdDateTime', readTime)
  if (created !== undefined) contact.created = created
  const children = reader.texts('children')
  if (children.length > 0) contact.children = children
  const birthday = reader.meaning('birthday', readDate)
  if (birthday !== undefined) contact.birthday = birthday
  const extended = readExtended(reader, phones)
  return extended === null ? contact : { ...contact, ...extended }
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

const readPhones = (reader: ContactReader): Phone[] => {
  const phones: Phone[] = []
  for (const value of reader.texts('businessPhones')) phones.push({ kind: 'work', value })
  for (const value of reader.texts('homePhones')) phones.push({ kind: 'home', value })
  const value = reader.text('mobilePhone')
  if (value !== undefined) phones.push({ kind: 'mobile', value })
  return phones
}

const readEmails = (reader: ContactReader, own: ContactName): Email[] => {
  const emails: Email[] = []
  for (const record of reader.records('emailAddresses')) {
    const address = reader.textIn('emailAddresses', record, 'address')
    const name = reader.textIn('emailAddresses', record, 'name')
    addEmail(emails, { address, name }, own)
  }
  return emails
}

const readAddresses = (reader: ContactReader): Address[] => {
  const addresses: Address[] = []
  const add = (kind: PointKind, field: ContactField) => {
    const record = reader.record(field)
    if (record === undefined) return
    const parts = translate({}, addressWords, (key) => reader.textIn(field, record, key))
    if (!isEmpty(parts)) addresses.push({ kind, ...parts })
  }
  add('work', 'businessAddress')
  add('home', 'homeAddress')
  add('other', 'otherAddress')
  return addresses
}

/** Copies those fields of a table that have a value to `target`, under our names. */
const translate = <K extends string, F extends string>(
  target: Partial<Record<K, string>>,
  table: Words<K, F>,
  read: (field: F) => string | undefined,
): Partial<Record<K, string>> => {
  for (const [word, field] of table) {
    const value = read(field)
    if (value !== undefined) target[word] = value
  }
  return target
}

const isEmpty = (value: object): boolean => Object.keys(value).length === 0
