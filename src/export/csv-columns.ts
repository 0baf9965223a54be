import type { Address, Contact, PartialDate, Phone, PhoneKind, PointKind } from '../domain/contact.ts'
import { displayName } from '../projections/display-name.ts'
import { cleanText } from './clean-text.ts'
import { addressDetails, emailDetails, organizationDetails, phoneDetails } from './csv-details.ts'
import { digits, isDate } from './date-parts.ts'

/** Between the values of a cell that has several, as in the CSV of Google Contacts. */
const SEPARATOR = ' ::: '

type Column = readonly [name: string, value: (contact: Places) => string | undefined]

/** A contact with its numbers and addresses in the places that the columns have for them. */
interface Places {
  readonly contact: Contact
  readonly phones: ReadonlyMap<PhoneKind, readonly Phone[]>
  readonly emails: readonly Contact['emails'][number][]
  readonly addresses: ReadonlyMap<PointKind, Address>
  readonly more: { readonly phones: readonly Phone[]; readonly addresses: readonly Address[] }
}

/** How many numbers of a kind have a column, in the order of the columns. */
const phoneColumns: Readonly<Record<PhoneKind, number>> = {
  ...{ mobile: 1, work: 2, home: 2, other: 1, fax: 1, pager: 1, company: 1, assistant: 1 },
}

const EMAIL_COLUMNS = 3

const phone = (name: string, kind: PhoneKind, index = 0): Column => [
  name,
  ({ phones }) => phones.get(kind)?.[index]?.value,
]

const emailAt = (index: number): readonly Column[] => {
  const name = index === 0 ? 'E-mail' : `E-mail ${index + 1}`
  return [
    [`${name} Address`, ({ emails }) => emails[index]?.address],
    [`${name} Display Name`, ({ emails }) => emails[index]?.name],
  ]
}

const address = (name: string, kind: PointKind): readonly Column[] => [
  [`${name} Street`, ({ addresses }) => addresses.get(kind)?.street],
  [`${name} City`, ({ addresses }) => addresses.get(kind)?.city],
  [`${name} State`, ({ addresses }) => addresses.get(kind)?.region],
  [`${name} Postal Code`, ({ addresses }) => addresses.get(kind)?.postalCode],
  [`${name} Country/Region`, ({ addresses }) => addresses.get(kind)?.country],
]

/**
 * The names are those that Outlook writes in English and that Google Contacts also writes and reads (its "Outlook CSV"), so
 * people and programs know them. `Name` is the name in the list; `More …` take the rest, so that the number of
 * columns does not depend on the contacts; `Key` finds a contact again.
 */
const table: readonly Column[] = [
  ['Name', ({ contact }) => displayName(contact)],
  ['First Name', ({ contact }) => contact.name.given ?? wholeName(contact)],
  ['Middle Name', ({ contact: { name } }) => name.middle],
  ['Last Name', ({ contact: { name } }) => name.family],
  ['Title', ({ contact: { name } }) => name.prefix],
  ['Suffix', ({ contact: { name } }) => name.suffix],
  ['Initials', ({ contact: { name } }) => name.initials],
  ['Nickname', ({ contact }) => contact.nickname],
  ['Given Yomi', ({ contact: { name } }) => name.phoneticGiven],
  ['Surname Yomi', ({ contact: { name } }) => name.phoneticFamily],
  ['Company', ({ contact }) => contact.organization?.name],
  ['Company Yomi', ({ contact }) => contact.organization?.phoneticName],
  ['Department', ({ contact }) => contact.organization?.department],
  ['Job Title', ({ contact }) => contact.organization?.title],
  ['Office Location', ({ contact }) => contact.organization?.office],
  ['Profession', ({ contact }) => contact.organization?.profession],
  ["Manager's Name", ({ contact }) => contact.organization?.manager],
  ["Assistant's Name", ({ contact }) => contact.organization?.assistant],
  phone('Mobile Phone', 'mobile'),
  phone('Business Phone', 'work'),
  phone('Business Phone 2', 'work', 1),
  phone('Home Phone', 'home'),
  phone('Home Phone 2', 'home', 1),
  phone('Other Phone', 'other'),
  phone('Business Fax', 'fax'),
  phone('Pager', 'pager'),
  phone('Company Main Phone', 'company'),
  phone("Assistant's Phone", 'assistant'),
  ['More Phones', ({ more }) => more.phones.map(({ kind, value }) => `${kind}: ${value}`).join(SEPARATOR)],
  ...Array.from({ length: EMAIL_COLUMNS }, (_, index) => emailAt(index)).flat(),
  ['More E-mail Addresses', ({ emails }) => joined(emails.slice(EMAIL_COLUMNS).map((each) => each.address))],
  ['IMAddress', ({ contact }) => contact.ims[0]],
  ['More IM Addresses', ({ contact }) => joined(contact.ims.slice(1))],
  ['SIP Addresses', ({ contact }) => joined(contact.sips ?? [])],
  ...address('Business', 'work'),
  ...address('Home', 'home'),
  ...address('Other', 'other'),
  ['More Addresses', ({ more }) => more.addresses.map(oneLine).join(SEPARATOR)],
  ['Birthday', ({ contact }) => dateText(contact.birthday)],
  ['Anniversary', ({ contact }) => dateText(contact.anniversary)],
  ['Spouse', ({ contact }) => contact.spouse],
  ['Children', ({ contact }) => joined(contact.children ?? [])],
  ['Web Page', ({ contact }) => contact.url],
  ['Personal Web Page', ({ contact }) => contact.personalUrl],
  ['Categories', ({ contact }) => joined(contact.categories)],
  ['Notes', ({ contact }) => contact.note],
  ['Phone Details', (places) => joined(phoneDetails(writtenPhones(places)))],
  ['E-mail Details', ({ emails }) => joined(emailDetails(emails, EMAIL_COLUMNS))],
  ['Address Details', (places) => joined(addressDetails(writtenAddresses(places)))],
  ['Other Organizations', ({ contact }) => joined(organizationDetails(contact.otherOrganizations ?? []))],
  ['Key', ({ contact }) => contact.key],
]

/** The head of the table. */
export const columns: readonly string[] = table.map(([name]) => name)

/** The row of a contact: a text for each column. */
export const cellsOf = (contact: Contact): readonly string[] => {
  const places = placesOf(contact)
  return table.map(([, value]) => value(places) ?? '')
}

const joined = (texts: readonly (string | undefined)[]): string =>
  texts.filter((text) => text !== undefined).join(SEPARATOR)

/** In the order in which a reader finds them: it finds no empty one. */
const writtenPhones = ({ phones, more }: Places): readonly Phone[] =>
  [
    ...(Object.keys(phoneColumns) as PhoneKind[]).flatMap((kind) => phones.get(kind) ?? []),
    ...more.phones,
  ].filter(({ value }) => cleanText(value) !== '')

const writtenAddresses = ({ addresses, more }: Places): readonly Address[] =>
  [
    ...(['work', 'home', 'other'] as const).flatMap((kind) => addresses.get(kind) ?? []),
    ...more.addresses,
  ].filter(({ kind: _, label: __, ...parts }) => Object.values(parts).some((part) => cleanText(part) !== ''))

/** Where only the whole name is known, a program that reads the table would otherwise see none. */
const wholeName = ({ name }: Contact): string | undefined =>
  name.middle === undefined && name.family === undefined ? name.full : undefined

const placesOf = (contact: Contact): Places => {
  const phones = new Map<PhoneKind, Phone[]>()
  const addresses = new Map<PointKind, Address>()
  const more = { phones: [] as Phone[], addresses: [] as Address[] }
  for (const each of contact.phones) {
    const ofKind = phones.get(each.kind) ?? []
    if (ofKind.length < phoneColumns[each.kind]) phones.set(each.kind, [...ofKind, each])
    else more.phones.push(each)
  }
  for (const each of contact.addresses) {
    // An address has a kind for mobile too, which means nothing.
    const kind = each.kind === 'mobile' ? 'other' : each.kind
    if (addresses.has(kind)) more.addresses.push(each)
    else addresses.set(kind, each)
  }
  const emails = contact.emails.filter((each) => each.address !== undefined && each.routingType === undefined)
  return { contact, phones, emails, addresses, more }
}

const oneLine = ({ kind, ...parts }: Address): string =>
  `${kind}: ${[parts.street, parts.city, parts.region, parts.postalCode, parts.country].filter(Boolean).join(', ')}`

/** ISO 8601, and without a year as a vCard has it, with dashes. */
const dateText = (date: PartialDate | undefined): string | undefined =>
  date && isDate(date)
    ? `${date.year === undefined ? '-' : digits(date.year, 4)}-${digits(date.month, 2)}-${digits(date.day, 2)}`
    : undefined
