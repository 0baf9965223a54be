import type { Address, IncompleteField, Phone, PointKind } from '../../../domain/contact.ts'
import type { DraftContact } from '../draft-contact.ts'
import type { AddressPart } from './columns.ts'
import { readCsvDate, type DateOrder } from './csv-dates.ts'
import { csvEmails, type EmailCells } from './csv-emails.ts'
import { addOwn, ownDate, ownList, withoutMarks, type OwnCells } from './own-table.ts'
import type { Row } from './rows-in.ts'
import type { TableHead } from './table-head.ts'

/** What decides how dates are read. */
export interface DateReading {
  readonly order: DateOrder
  readonly thisYear: number
}

/** The contact of a row, which may have nothing in it. Never throws. A date that is none is left out and marked as incomplete. */
export const mapRow = (row: Row, { fields, isOwn }: TableHead, dates: DateReading): DraftContact => {
  const contact: DraftContact = { name: {}, phones: [], emails: [], addresses: [], ims: [], categories: [] }
  const name: Record<string, string> = {}
  const organization: Record<string, string> = {}
  const phones: Phone[] = []
  const primary: Phone[] = []
  const emails: EmailCells[] = []
  const addresses = new Map<PointKind, Partial<Record<AddressPart, string>>>()
  const incomplete: IncompleteField[] = []
  const own: OwnCells = {}

  const setDate = (key: 'birthday' | 'anniversary', cell: string) => {
    const date = isOwn ? ownDate(cell) : readCsvDate(cell, dates.order, dates.thisYear)
    if (date === null) incomplete.push({ field: key, reason: 'malformed' })
    else if (date !== undefined) contact[key] = date
  }

  for (const [index, field] of fields.entries()) {
    const cell = isOwn ? withoutMarks(row[index] ?? '') : (row[index] ?? '')
    if (field === null || cell === '') continue
    switch (field.in) {
      case 'name':
        name[field.key] ??= cell
        break
      case 'organization':
        organization[field.key] ??= cell
        break
      case 'contact':
        contact[field.key] ??= cell
        break
      case 'phones':
        ;(field.isPrimary ? primary : phones).push({
          value: cell,
          kind: field.kind,
          ...(field.at !== undefined && !isOwn && { at: field.at }),
        })
        break
      case 'emails':
        emails[field.index] = { ...emails[field.index], [field.part]: cell }
        break
      case 'addresses':
        addresses.set(field.kind, { ...addresses.get(field.kind), [field.part]: cell })
        break
      case 'other':
        if (field.key === 'birthday' || field.key === 'anniversary') setDate(field.key, cell)
        else if (field.key === 'ims') contact.ims = [cell]
        else contact[field.key] = isOwn ? ownList(cell) : listIn(cell)
        break
      case 'own':
        own[field.key] = cell
        break
    }
  }

  const isNew = ({ value }: Phone) => phones.every((phone) => phone.value !== value)
  contact.name = name
  if (Object.keys(organization).length > 0) contact.organization = organization
  contact.phones = [...phones, ...primary.filter(isNew)]
  contact.emails = csvEmails(emails.filter(Boolean), name, isOwn)
  contact.addresses = pointKinds.flatMap((kind) => addressOf(kind, addresses.get(kind)))
  if (contact.children?.length === 0) delete contact.children
  if (incomplete.length > 0) contact.incomplete = incomplete
  if (isOwn) addOwn(contact, own)
  return contact
}

const pointKinds: readonly PointKind[] = ['work', 'home', 'other']

/** Outlook joins lists with the separator of the system. */
const listIn = (cell: string): string[] =>
  cell
    .split(/[;,]/)
    .map((text) => text.trim())
    .filter((text) => text !== '')

/** Further lines of a street, and a post-office box that the street does not mention, are lines of the street. */
const addressOf = (
  kind: PointKind,
  parts: Partial<Record<AddressPart, string>> | undefined,
): readonly Address[] => {
  if (parts === undefined) return []
  const { street, street2, street3, box, ...others } = parts
  const lines = [street, street2, street3].filter((line) => line !== undefined).join('\n')
  const whole = box === undefined || lines.includes(box) ? lines : lines === '' ? box : `${lines}\n${box}`
  return [{ kind, ...(whole !== '' && { street: whole }), ...others }]
}

/** The dates of a row as they are written. */
export const dateCells = (row: Row, { fields, isOwn }: TableHead): readonly string[] =>
  isOwn
    ? []
    : fields.flatMap((field, index) =>
        field?.in === 'other' && (field.key === 'birthday' || field.key === 'anniversary')
          ? (row[index] ?? [])
          : [],
      )
