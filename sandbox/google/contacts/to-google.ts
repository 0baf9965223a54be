import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import type { ContactFields, PostalAddress } from '../../mailbox/contact-fields.ts'
import type { FieldEntry, PersonFields, StoredField } from './google-person.ts'

/** What Google calls the types that it knows; any other type is a label of the user. */
const typeTexts: Readonly<Record<string, string>> = {
  home: 'Home',
  work: 'Work',
  mobile: 'Mobile',
  homeFax: 'Home Fax',
  workFax: 'Work Fax',
  otherFax: 'Other Fax',
  pager: 'Pager',
  workMobile: 'Work Mobile',
  workPager: 'Work Pager',
  main: 'Main',
  googleVoice: 'Google Voice',
  other: 'Other',
  homePage: 'Home Page',
  blog: 'Blog',
  profile: 'Profile',
  anniversary: 'Anniversary',
  spouse: 'Spouse',
  child: 'Child',
}

/** The members for a type; none for null. */
export const typed = (type: string | null): FieldEntry =>
  type === null ? {} : { type, formattedType: typeTexts[type] ?? type }

/** An object without the members that are empty. */
const compact = (entry: Readonly<Record<string, unknown>>): FieldEntry =>
  Object.fromEntries(
    Object.entries(entry).filter(([, value]) => ![undefined, null, ''].includes(value as null)),
  )

/** A number with the form that Google adds if it understands the number. */
export const phone = (value: string, type: string | null): FieldEntry => {
  const parsed = parsePhoneNumberFromString(value, 'US')
  return {
    value,
    ...(parsed?.isValid() === true && { canonicalForm: parsed.number }),
    ...typed(type),
  }
}

export const email = (value: string, type: string | null): FieldEntry => ({ value, ...typed(type) })

const isText = (text: string | null | undefined): text is string => typeof text === 'string' && text !== ''

/** The name of a contact; none if it has none. */
export const namesOf = (fields: Partial<ContactFields>): readonly FieldEntry[] => {
  const { displayName, givenName, middleName, surname, title, generation } = fields
  const full = isText(displayName)
    ? displayName
    : [title, givenName, middleName, surname, generation].filter(isText).join(' ')
  if (full === '') return []
  const first = [title, givenName, middleName].filter(isText).join(' ')
  const lastFirst = isText(surname) && first !== '' ? `${surname}, ${first}` : full
  return [
    compact({
      displayName: full,
      familyName: surname,
      // Google needs one of the parts: a name that was typed as one is the given name.
      givenName: isText(givenName) || isText(surname) ? givenName : full,
      middleName,
      honorificPrefix: title,
      honorificSuffix: generation,
      phoneticFamilyName: fields.yomiSurname,
      phoneticGivenName: fields.yomiGivenName,
      displayNameLastFirst: lastFirst,
      unstructuredName: full,
    }),
  ]
}

const organizationsOf = (fields: Partial<ContactFields>): readonly FieldEntry[] => {
  const { companyName, yomiCompanyName, department, jobTitle, officeLocation } = fields
  if (![companyName, department, jobTitle].some(isText)) return []
  return [
    compact({
      ...typed('work'),
      current: true,
      name: companyName,
      phoneticName: yomiCompanyName,
      department,
      title: jobTitle,
      location: officeLocation,
    }),
  ]
}

const address = (postal: PostalAddress | undefined, type: string): readonly FieldEntry[] => {
  const { street, city, state, postalCode, countryOrRegion } = postal ?? {}
  const lines = [street, [city, postalCode].filter(isText).join(' '), countryOrRegion].filter(isText)
  if (lines.length === 0) return []
  return [
    compact({
      formattedValue: lines.join('\n'),
      ...typed(type),
      streetAddress: street,
      city,
      region: state,
      postalCode,
      country: countryOrRegion,
    }),
  ]
}

/** Outlook's year for a birthday without one is 1604. Any other text stays as it was typed. */
const birthday = (text: string): FieldEntry => {
  const [year = 0, month = 0, day = 0] = text.slice(0, 10).split('-').map(Number)
  if (year === 1604) return { date: { month, day }, text: `${month}/${day}` }
  if (year < 1900 || year > 2100) return { text: 'some day in May' }
  return { date: { year, month, day }, text: `${month}/${day}/${year}` }
}

/** A contact of a mailbox as the same person is written in a Google account. Fields without entries are absent. */
export const toGoogle = (fields: Partial<ContactFields>): PersonFields => {
  const entries: Record<StoredField, readonly FieldEntry[]> = {
    names: namesOf(fields),
    nicknames: isText(fields.nickName) ? [{ value: fields.nickName }] : [],
    emailAddresses: (fields.emailAddresses ?? [])
      .flatMap(({ address: value }) => (isText(value) ? [value] : []))
      .map((value, index) => email(value, index === 0 ? 'home' : 'work')),
    phoneNumbers: [
      ...(isText(fields.mobilePhone) ? [phone(fields.mobilePhone, 'mobile')] : []),
      ...(fields.businessPhones ?? []).map((value) => phone(value, 'work')),
      ...(fields.homePhones ?? []).map((value) => phone(value, 'home')),
    ],
    organizations: organizationsOf(fields),
    addresses: [
      ...address(fields.homeAddress, 'home'),
      ...address(fields.businessAddress, 'work'),
      ...address(fields.otherAddress, 'other'),
    ],
    birthdays: isText(fields.birthday) ? [birthday(fields.birthday)] : [],
    biographies: isText(fields.personalNotes)
      ? [{ value: fields.personalNotes, contentType: 'TEXT_PLAIN' }]
      : [],
    urls: isText(fields.businessHomePage) ? [{ value: fields.businessHomePage, ...typed('homePage') }] : [],
    photos: [],
    memberships: [],
    sipAddresses: (fields.imAddresses ?? [])
      .filter((value) => value.startsWith('sip:'))
      .map((value) => ({ value, ...typed('work') })),
    imClients: [],
    events: [],
    relations: [
      ...(isText(fields.spouseName) ? [{ person: fields.spouseName, ...typed('spouse') }] : []),
      ...(fields.children ?? []).map((person) => ({ person, ...typed('child') })),
    ],
    userDefined: [],
  }
  return withoutEmpty(entries)
}

export const withoutEmpty = (fields: PersonFields): PersonFields =>
  Object.fromEntries(Object.entries(fields).filter(([, entries]) => entries.length > 0))
