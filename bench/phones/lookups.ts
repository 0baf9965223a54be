import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { Contact } from '../../src/domain/contact.ts'
import { PhoneIndex } from '../../src/projections/phone-index/phone-index.ts'
import { COUNTRY } from './invent-numbers.ts'

/** Gives the keys of the contacts that a number may belong to. */
type Lookup = (number: string) => readonly string[]

const LAST_DIGITS = 7

/** Ways to find a caller: each takes the contacts and prepares what it needs. */
export const lookups = {
  'last seven digits of all numbers, compared': (contacts: readonly Contact[]): Lookup => {
    const lastDigits = (number: string) => number.replaceAll(/\D/g, '').slice(-LAST_DIGITS)
    return (number) => {
      const wanted = lastDigits(number)
      return keysOf(contacts, (value) => lastDigits(value) === wanted)
    }
  },
  'libphonenumber-js, all numbers parsed and compared': (contacts: readonly Contact[]): Lookup => {
    const parse = (number: string) => parsePhoneNumberFromString(number, COUNTRY)
    return (number) => {
      const wanted = parse(number)
      return wanted === undefined ? [] : keysOf(contacts, (value) => parse(value)?.isEqual(wanted) ?? false)
    }
  },
  'device-contacts': (contacts: readonly Contact[]): Lookup => {
    const index = new PhoneIndex({ country: COUNTRY })
    for (const contact of contacts) index.add(contact)
    return (number) => index.whois(number).map(({ key }) => key)
  },
}

export type LookupName = keyof typeof lookups

const keysOf = (contacts: readonly Contact[], isWanted: (value: string) => boolean): readonly string[] =>
  contacts.filter(({ phones }) => phones.some(({ value }) => isWanted(value))).map(({ key }) => key)
