import type { Contact, Organization, Phone } from '../../domain/contact.ts'
import { displayName } from '../display-name.ts'
import { NOTE_SEPARATOR, personNotes } from './person-notes.ts'

/** Whether two texts are spellings of one number. */
export type SameNumber = (one: string, other: string) => boolean

/**
 * One contact to show for several of the same person: the first one with what only the others have. Numbers, addresses and
 * organizations of all are in it, each once. Where two say different things of one field, the first counts; the contacts
 * themselves tell what each of them says.
 *
 * @param contacts at least one, the preferred one first
 * @param isSameNumber whether two spellings are of one number
 */
export const mergedContact = (contacts: readonly Contact[], isSameNumber: SameNumber): Contact => {
  const [first, ...others] = contacts
  if (!first) throw new TypeError('a person has at least one contact')
  return Object.freeze(others.reduce((one, other) => merge(one, other, isSameNumber), first))
}

const merge = (one: Contact, other: Contact, isSameNumber: SameNumber): Contact => {
  // True of the contact at its own source only; the result has the id of the first one.
  const { alias, folder, version, modified, created, ...known } = other
  const otherNames = namesBesides(one, other)
  const [organization, ...otherOrganizations] = union(organizationsOf(one), organizationsOf(other), employer)
  return {
    // What only the other one has; then what the first one has.
    ...known,
    ...one,
    name: Object.values(one.name).some(Boolean) ? one.name : other.name,
    ...(otherNames.length > 0 && { otherNames }),
    ...(organization && { organization }),
    ...(otherOrganizations.length > 0 && { otherOrganizations }),
    phones: phonesOf(one.phones, other.phones, isSameNumber),
    emails: union(one.emails, other.emails, ({ address, name = '' }) => address?.toLowerCase() ?? name),
    addresses: union(one.addresses, other.addresses, ({ street, city, postalCode }) =>
      spelled([street, city, postalCode]),
    ),
    ims: union(one.ims, other.ims, itself),
    categories: union(one.categories, other.categories, itself),
    ...(one.sips && other.sips && { sips: union(one.sips, other.sips, itself) }),
    ...(one.children && other.children && { children: union(one.children, other.children, itself) }),
    ...notes(one, other),
  }
}

/** A person is found under each name, such as a maiden name. */
const namesBesides = (one: Contact, other: Contact): readonly string[] => {
  const { otherNames = [], nickname } = one
  const known = new Set([displayName(one), nickname, ...otherNames])
  const more = [displayName(other), other.nickname ?? ''].filter((name) => name !== '' && !known.has(name))
  return [...otherNames, ...more]
}

const phonesOf = (
  ones: readonly Phone[],
  others: readonly Phone[],
  isSameNumber: SameNumber,
): readonly Phone[] => [
  ...ones,
  ...others.filter((other) => !ones.some((one) => isSameNumber(one.value, other.value))),
]

/** The values of one contact, and those of the other that it does not have. */
const union = <T>(ones: readonly T[], others: readonly T[], same: (each: T) => string): readonly T[] => {
  const known = new Set(ones.map(same))
  const more = others.filter((each) => !known.has(same(each)))
  return more.length === 0 ? ones : [...ones, ...more]
}

const organizationsOf = ({ organization, otherOrganizations = [] }: Contact): readonly Organization[] =>
  organization ? [organization, ...otherOrganizations] : otherOrganizations

const employer = ({ name, title }: Organization): string => spelled([name ?? title])

const notes = (one: Contact, other: Contact): { readonly note?: string } => {
  const all = personNotes([one, other])
  return all.length === 0 ? {} : { note: all.join(NOTE_SEPARATOR) }
}

const itself = (text: string): string => text

const spelled = (parts: readonly (string | undefined)[]): string =>
  parts.map((part = '') => part.trim().toLowerCase()).join(' ')
