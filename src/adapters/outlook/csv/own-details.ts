import type { Organization, PointKind } from '../../../domain/contact.ts'
import type { DraftContact } from '../draft-contact.ts'

/** The cells that say what the columns of values do not, in entries like `2 label: Desk`. */
export interface DetailCells {
  phoneDetails?: string
  emailDetails?: string
  addressDetails?: string
  otherOrganizations?: string
}

type Details = ReadonlyMap<number, Readonly<Record<string, string>>>

const organizationKeys = [
  ...(['name', 'phoneticName', 'department', 'title', 'office'] as const),
  ...(['profession', 'manager', 'assistant'] as const),
]

/** Adds labels, preferences and further organizations to a contact of the table of this app. */
export const addDetails = (contact: DraftContact, cells: DetailCells, separator: string): void => {
  const read = (cell: string | undefined, keys: readonly string[]) => detailsIn(cell, keys, separator)
  const phones = read(cells.phoneDetails, ['label', 'at', 'preferred'])
  contact.phones = contact.phones.map((phone, index) => {
    const { label, at, preferred } = phones.get(index + 1) ?? {}
    return {
      ...phone,
      ...((at === 'work' || at === 'home') && { at }),
      ...(label !== undefined && { label }),
      ...(preferred !== undefined && { preferred: true as const }),
    }
  })
  const emails = read(cells.emailDetails, ['label', 'kind', 'preferred', 'name'])
  contact.emails = contact.emails.map((email, index) => {
    const { label, kind, preferred, name } = emails.get(index + 1) ?? {}
    return {
      ...email,
      ...(name !== undefined && { name }),
      ...(isPointKind(kind) && { kind }),
      ...(label !== undefined && { label }),
      ...(preferred !== undefined && { preferred: true as const }),
    }
  })
  const addresses = read(cells.addressDetails, ['label'])
  contact.addresses = contact.addresses.map((address, index) => ({
    ...address,
    ...addresses.get(index + 1),
  }))
  const organizations: readonly Organization[] = [
    ...read(cells.otherOrganizations, organizationKeys).values(),
  ]
  if (organizations.length > 0) contact.otherOrganizations = organizations
}

const isPointKind = (kind: string | undefined): kind is PointKind =>
  kind === 'work' || kind === 'home' || kind === 'mobile' || kind === 'other'

/** The details of each value by its place. A text that is no entry belongs to the one before it. */
const detailsIn = (cell: string | undefined, keys: readonly string[], separator: string): Details => {
  const details = new Map<number, Record<string, string>>()
  let last: { readonly of: Record<string, string>; readonly key: string } | null = null
  for (const text of cell === undefined ? [] : cell.split(separator)) {
    const [whole = '', place, key = ''] = /^(\d{1,4}) (\w+): /.exec(text) ?? []
    if (place !== undefined && keys.includes(key)) {
      const of = details.get(Number(place)) ?? {}
      details.set(Number(place), of)
      of[key] = text.slice(whole.length)
      last = { of, key }
    } else if (last) last.of[last.key] = `${last.of[last.key] ?? ''}${separator}${text}`
  }
  return details
}
