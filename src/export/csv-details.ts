import type { Address, Email, Organization, Phone } from '../domain/contact.ts'
import { cleanText } from './clean-text.ts'

type Detail = readonly [key: string, text: string | undefined]

/**
 * What the columns of the numbers, addresses and organizations of a contact do not say, such as labels: entries like `2 label: Desk`,
 * by the place of the value in the table.
 *
 * @param written the values in the order of the table, without those that leave their cells empty
 */
const details = <T>(
  written: readonly T[],
  detailsOf: (value: T, index: number) => readonly Detail[],
): string[] =>
  written.flatMap((value, index) =>
    detailsOf(value, index).flatMap(([key, text = '']) =>
      cleanText(text) === '' ? [] : [`${index + 1} ${key}: ${text}`],
    ),
  )

const preferredOf = ({ preferred }: Phone | Email): Detail => ['preferred', preferred && 'yes']

export const phoneDetails = (phones: readonly Phone[]): readonly string[] =>
  details(phones, (phone) => [['label', phone.label], ['at', phone.at], preferredOf(phone)])

/** @param named how many have a column for their name */
export const emailDetails = (emails: readonly Email[], named: number): readonly string[] =>
  details(emails, (email, index) => [
    ['label', email.label],
    ['kind', email.kind],
    preferredOf(email),
    ['name', index < named ? undefined : email.name],
  ])

export const addressDetails = (addresses: readonly Address[]): readonly string[] =>
  details(addresses, ({ label }) => [['label', label]])

export const organizationDetails = (organizations: readonly Organization[]): readonly string[] =>
  details(
    organizations.filter((each) =>
      Object.values<string | undefined>({ ...each }).some((text = '') => cleanText(text) !== ''),
    ),
    (each) => Object.entries({ ...each }),
  )
