import type { Address, Email, Phone, PhoneKind, PointKind } from '../../../domain/contact.ts'
import { isVisible } from '../../../formats/visible-text.ts'
import type { PersonReader } from './person-reader.ts'

/** Google's types of phone numbers (People API, `PhoneNumber.type`). Every other text is a label of the person's own. */
const phoneTypes: Readonly<Record<string, Omit<Phone, 'value'>>> = {
  home: { kind: 'home' },
  work: { kind: 'work' },
  mobile: { kind: 'mobile' },
  workMobile: { kind: 'mobile', at: 'work' },
  homeFax: { kind: 'fax', at: 'home' },
  workFax: { kind: 'fax', at: 'work' },
  otherFax: { kind: 'fax' },
  pager: { kind: 'pager' },
  workPager: { kind: 'pager', at: 'work' },
  main: { kind: 'other', label: 'Main' },
  googleVoice: { kind: 'other', label: 'Google Voice' },
  other: { kind: 'other' },
}

/** Google's types of mail and postal addresses. */
const pointTypes: Readonly<Record<string, { readonly kind: PointKind }>> = {
  home: { kind: 'home' },
  work: { kind: 'work' },
  other: { kind: 'other' },
}

type Labelled<K extends PhoneKind> = { readonly kind: K; readonly label?: string }

const typeIn = <T extends Labelled<PhoneKind>>(
  table: Readonly<Record<string, T>>,
  type: string | undefined,
): T | { readonly kind: 'other'; readonly label?: string } => {
  if (type === undefined || !isVisible(type)) return { kind: 'other' }
  const known = Object.hasOwn(table, type) ? table[type] : undefined
  return known ?? { kind: 'other', label: type }
}

/** Values without a visible character are left out: they cannot be dialled or written to. */
export const readPhones = (reader: PersonReader): readonly Phone[] => {
  const field = 'phoneNumbers'
  return reader.entries(field).flatMap((entry) => {
    const value = reader.text(field, entry, 'value')
    if (value === undefined || !isVisible(value)) return []
    return [{ value, ...typeIn(phoneTypes, reader.text(field, entry, 'type')) }]
  })
}

export const readEmails = (reader: PersonReader): readonly Email[] => {
  const field = 'emailAddresses'
  return reader.entries(field).flatMap((entry) => {
    const address = reader.text(field, entry, 'value')
    const name = reader.text(field, entry, 'displayName')
    const type = reader.text(field, entry, 'type')
    if (address === undefined || !isVisible(address)) return []
    return [
      {
        address,
        ...(name !== undefined && isVisible(name) && name !== address && { name }),
        ...(type !== undefined && typeIn(pointTypes, type)),
      },
    ]
  })
}

const addressWords = [
  ['city', 'city'],
  ['region', 'region'],
  ['postalCode', 'postalCode'],
  ['country', 'country'],
] as const

export const readAddresses = (reader: PersonReader): readonly Address[] => {
  const field = 'addresses'
  return reader.entries(field).flatMap((entry) => {
    const text = (key: string) => reader.text(field, entry, key)
    const lines = [text('poBox'), text('streetAddress'), text('extendedAddress')]
    const street = lines.filter((line) => line !== undefined).join('\n')
    const parts: { -readonly [K in keyof Omit<Address, 'kind'>]: Address[K] } = {}
    if (street !== '') parts.street = street
    for (const [word, key] of addressWords) {
      const value = text(key)
      if (value !== undefined) parts[word] = value
    }
    if (parts.country === undefined) {
      const code = text('countryCode')
      if (code !== undefined) parts.country = code
    }
    if (Object.keys(parts).length === 0) {
      const whole = text('formattedValue')
      if (whole !== undefined) parts.street = whole
    }
    return Object.keys(parts).length === 0 ? [] : [{ ...typeIn(pointTypes, text('type')), ...parts }]
  })
}
