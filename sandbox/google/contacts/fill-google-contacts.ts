import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import type { ContactFields } from '../../mailbox/contact-fields.ts'
import { rolls } from '../../mailbox/extended-properties.ts'
import { contactInventor } from '../../mailbox/invent-contact.ts'
import type { Locale } from '../../mailbox/locales.ts'
import { embellish } from './embellish.ts'
import type { GoogleContacts } from './google-contacts.ts'
import type { PersonFields } from './google-person.ts'
import { email, namesOf, phone, toGoogle } from './to-google.ts'

export interface GoogleFilling {
  readonly seed: number
  readonly count: number
  readonly locales: readonly [Locale, ...Locale[]]
  /** The contacts of the same person's mailbox. */
  readonly others: readonly ContactFields[]
}

/** Contacts were last changed in the ten years before this fixed moment: the same seed always gives the same times. */
const LATEST = Date.UTC(2026, 5, 30, 12)
const YEARS = 10 * 365 * 24 * 3600

/** Of a hundred contacts, this many in each ten are also in the mailbox, and one each shares only a part with it. */
const SAME = 3
const NAMESAKE = 47
const SWITCHBOARD = 61

/** Fills an account with invented people. Some of them are in the mailbox as well, or look as if they were. */
export const fillGoogleContacts = (
  contacts: GoogleContacts,
  { seed, count, locales, others }: GoogleFilling,
): void => {
  const invent = contactInventor(locales, seed)
  const roll = rolls((Math.imul(seed + 1, 0x9e3779b1) ^ 0x600613) >>> 0)
  const named = others.filter(({ givenName, surname }) => Boolean(givenName) && Boolean(surname))
  const same = spread(named.filter(isFindable))
  const namesakes = spread(named.toReversed())
  const switchboard = others
    .flatMap(({ businessPhones }) => businessPhones)
    .find((text) => e164(text) !== null)

  for (let index = 0; index < count; index++) {
    const stranger = embellish(toGoogle(invent()), roll)
    const updateTime = new Date(LATEST - roll(YEARS) * 1000 - roll(1000)).toISOString()
    const twin = index % 10 === SAME ? same(Math.floor(index / 10)) : undefined
    const namesake = index % 100 === NAMESAKE ? namesakes(Math.floor(index / 100)) : undefined
    if (twin !== undefined) contacts.add(twinOf(twin, stranger, roll(2) === 0), updateTime)
    else if (namesake !== undefined) contacts.add({ ...stranger, names: namesOf(namesake) }, updateTime)
    else if (index % 100 === SWITCHBOARD && switchboard !== undefined)
      contacts.add({ ...stranger, phoneNumbers: [phone(switchboard, 'main')] }, updateTime)
    else contacts.add(stranger, updateTime)
  }
}

/** Chooses contacts from all over a list, no one twice before the list is used up. */
const spread =
  (list: readonly ContactFields[]) =>
  (n: number): ContactFields | undefined => {
    const step = [7, 11, 13].find((candidate) => list.length % candidate !== 0) ?? 1
    return list[(n * step) % list.length]
  }

const e164 = (text: string | null): string | null => {
  const parsed = text?.startsWith('+') === true ? parsePhoneNumberFromString(text) : undefined
  return parsed?.isValid() === true ? parsed.number : null
}

const numberOf = ({ mobilePhone, homePhones, businessPhones }: ContactFields): string | null =>
  [mobilePhone, ...homePhones, ...businessPhones].find((text) => e164(text) !== null) ?? null

/** An address of a company is not the person's own. */
const mailOf = ({ emailAddresses }: ContactFields): string | null =>
  emailAddresses.find(({ address = '' }) => /^(?!sales@|info@)[^@]+@[^@]+$/.test(address))?.address ?? null

const isFindable = (contact: ContactFields): boolean => mailOf(contact) !== null || numberOf(contact) !== null

/** The same person: the name and a shared address or number, and otherwise what only this account knows. */
const twinOf = (contact: ContactFields, stranger: PersonFields, prefersNumber: boolean): PersonFields => {
  const [mail, number] = [mailOf(contact), numberOf(contact)]
  const shared = number !== null && (prefersNumber || mail === null) ? number : null
  const { photos, memberships, urls, biographies } = stranger
  return {
    names: namesOf(contact),
    ...(shared === null && mail !== null && { emailAddresses: [email(mail, 'Privat')] }),
    ...(shared !== null && {
      phoneNumbers: [phone(parsePhoneNumberFromString(shared)?.formatInternational() ?? shared, 'mobile')],
    }),
    ...(biographies && { biographies }),
    ...(urls && { urls }),
    ...(photos && { photos }),
    ...(memberships && { memberships }),
  }
}
