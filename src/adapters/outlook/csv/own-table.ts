import type { Address, Email, PartialDate, Phone, PhoneKind, PointKind } from '../../../domain/contact.ts'
import { substituteName, type DraftContact } from '../draft-contact.ts'
import type { laterOwnColumns, ownColumns } from './columns.ts'
import { addDetails } from './own-details.ts'

/** The cells that only the table of this app has. */
export type OwnCells = {
  [K in (typeof ownColumns | typeof laterOwnColumns)[number][0]]?: string
}

/** Between the values of a cell that has several. */
const SEPARATOR = ' ::: '

/** A cell without the apostrophes that keep spreadsheets from changing it. */
export const withoutMarks = (cell: string): string =>
  cell.includes("'") ? cell.replace(/(^|[;\t\r\n])'/g, '$1') : cell

/** The values of a cell that has several. */
export const ownList = (cell: string): string[] => cell.split(SEPARATOR)

/** ISO 8601, or `--MM-DD`: every year is the year that it says. Null for any other text. */
export const ownDate = (cell: string): PartialDate | null => {
  const [, year, month, day] = /^(?:(\d{4})|-)-(\d\d)-(\d\d)$/.exec(cell) ?? []
  if (month === undefined || day === undefined) return null
  return { ...(year !== undefined && { year: Number(year) }), month: Number(month), day: Number(day) }
}

/** Adds what the columns hold that only the table of this app has. The key is left out: another device has other keys. */
export const addOwn = (
  contact: DraftContact,
  { displayName = '', morePhones, moreEmails, moreIms, moreAddresses, sips, ...details }: OwnCells,
): void => {
  const phones = labelled(morePhones, phoneKinds).map(([kind, value]): Phone => ({ kind, value }))
  const emails = listed(moreEmails).map((address): Email => ({ address }))
  const addresses = labelled(moreAddresses, pointKinds).map(([kind, street]): Address => ({ kind, street }))
  contact.phones = [...contact.phones, ...phones]
  contact.emails = [...contact.emails, ...emails]
  contact.ims = [...contact.ims, ...listed(moreIms)]
  contact.addresses = [...contact.addresses, ...addresses]
  if (sips !== undefined) contact.sips = ownList(sips)
  addDetails(contact, details, SEPARATOR)

  const { given, middle, family } = contact.name
  const isNamed = [given, middle, family].some((part) => part !== undefined)
  if (isNamed) contact.name = { ...contact.name, full: displayName }
  else if (displayName !== substituteName(contact)) contact.name = { ...contact.name, fileAs: displayName }
}

const phoneKinds: ReadonlySet<PhoneKind> = new Set<PhoneKind>([
  ...(['work', 'home', 'mobile', 'other', 'fax', 'pager', 'assistant', 'company'] as const),
])
const pointKinds: ReadonlySet<PointKind> = new Set<PointKind>(['work', 'home', 'mobile', 'other'])

const listed = (cell: string | undefined): readonly string[] => (cell === undefined ? [] : ownList(cell))

/** The values of a cell like `work: 1 ::: home: 2`. A value without a kind belongs to the one before it. */
const labelled = <K extends string>(
  cell: string | undefined,
  kinds: ReadonlySet<K>,
): readonly (readonly [K, string])[] => {
  const values: [K, string][] = []
  for (const text of listed(cell)) {
    const [label = ''] = text.split(': ', 1)
    const last = values.at(-1)
    const isKind = (kind: string): kind is K => (kinds as ReadonlySet<string>).has(kind)
    if (isKind(label) && text.startsWith(`${label}: `)) values.push([label, text.slice(label.length + 2)])
    else if (last) last[1] += SEPARATOR + text
  }
  return values
}
