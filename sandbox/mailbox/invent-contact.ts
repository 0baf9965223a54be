import { type ContactFields, emptyContact, type EmailAddress, type PostalAddress } from './contact-fields.ts'
import { disfigure } from './disfigure.ts'
import type { Locale } from './locales.ts'

const FAMILY_FIRST = new Set(['ja', 'ko', 'zh_CN', 'vi'])
const MAIL_DOMAINS = ['example.com', 'example.org', 'example.net', 'post.example', 'firma.example'] as const
const CATEGORIES = ['Blue category', 'Familie', 'VIP', 'Клиенты', '仕事', 'Christmas cards'] as const

/**
 * Invents contacts, each from some language and country, as messy as in real address books. The sequence depends on
 * the seed only. Faker's generators are shared by the whole process: draw a sequence without interruption.
 */
export const contactInventor = (
  locales: readonly [Locale, ...Locale[]],
  seed: number,
): (() => Partial<ContactFields>) => {
  for (const { faker } of locales) faker.seed(seed)
  const dice = locales[0].faker
  const chance = (probability: number): boolean => dice.number.float() < probability
  let previous: Partial<ContactFields> = {}

  return () => {
    const locale = dice.helpers.arrayElement(locales)
    const { faker } = locale
    const given = faker.person.firstName()
    const family = faker.person.lastName()
    const full = FAMILY_FIRST.has(locale.code) ? `${family} ${given}` : `${given} ${family}`
    const company = chance(0.4) ? faker.company.name() : null
    const unset = chance(0.6) ? null : ''
    const fields: Partial<ContactFields> = {
      ...emptyContact(unset),
      givenName: given,
      surname: family,
      displayName: full,
      fileAs: chance(0.9) ? `${family}, ${given}` : '',
      companyName: company ?? unset,
      ...(company !== null && chance(0.6) ? { jobTitle: faker.person.jobTitle() } : {}),
      ...(company !== null && chance(0.3) ? { department: faker.commerce.department() } : {}),
      ...(chance(0.1) ? { nickName: given.slice(0, 3) } : {}),
      ...(chance(0.06) ? { middleName: faker.person.firstName() } : {}),
      ...(chance(0.06) ? { title: 'Dr.' } : {}),
      ...(chance(0.03) ? { generation: 'Jr.' } : {}),
      ...(locale.code === 'ja' && chance(0.7) ? { yomiGivenName: 'はなこ', yomiSurname: 'やまだ' } : {}),
      ...(chance(0.6) ? { mobilePhone: faker.phone.number() } : {}),
      ...(chance(0.4) ? { businessPhones: phones(locale, chance(0.2) ? 2 : 1) } : {}),
      ...(chance(0.2) ? { homePhones: phones(locale, chance(0.2) ? 2 : 1) } : {}),
      ...(chance(0.3) ? { homeAddress: address(locale, chance) } : {}),
      ...(chance(0.2) ? { businessAddress: address(locale, chance) } : {}),
      ...(chance(0.02) ? { otherAddress: { city: faker.location.city() } } : {}),
      ...(chance(0.15) ? { birthday: birthday(dice.number.int({ min: 1930, max: 2020 }), dice) } : {}),
      ...(chance(0.1) ? { categories: [dice.helpers.arrayElement(CATEGORIES)] } : {}),
      ...(chance(0.03) ? { imAddresses: [`sip:${dice.string.alpha(8)}@example.com`] } : {}),
      ...(chance(0.03) ? { spouseName: faker.person.firstName() } : {}),
      ...(chance(0.02) ? { children: [faker.person.firstName(), faker.person.firstName()] } : {}),
      ...(chance(0.06) ? { personalNotes: faker.lorem.sentence() } : {}),
      ...(chance(0.05) ? { businessHomePage: `https://www.${dice.string.alpha(8)}.example` } : {}),
      emailAddresses: chance(0.75) ? [email(full, dice.helpers.arrayElement(MAIL_DOMAINS), dice)] : [],
    }
    const contact = disfigure(fields, previous, dice)
    previous = fields
    return contact
  }
}

const phones = ({ faker }: Locale, count: number): string[] =>
  Array.from({ length: count }, () => faker.phone.number())

/** Unset parts of an address are absent in Graph's responses. */
const address = ({ faker, country }: Locale, chance: (p: number) => boolean): PostalAddress => ({
  street: faker.location.streetAddress(),
  city: faker.location.city(),
  ...(chance(0.7) ? { postalCode: faker.location.zipCode() } : {}),
  ...(chance(0.3) ? { state: faker.location.state() } : {}),
  ...(chance(0.7) ? { countryOrRegion: country } : {}),
})

/** Graph returns birthdays as 11:59 UTC of the day (recorded responses). */
const birthday = (year: number, dice: Locale['faker']): string => {
  const two = (n: number): string => n.toString().padStart(2, '0')
  return `${year}-${two(dice.number.int({ min: 1, max: 12 }))}-${two(dice.number.int({ min: 1, max: 28 }))}T11:59:00Z`
}

const email = (name: string, domain: string, dice: Locale['faker']): EmailAddress => {
  const latin = name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z ]/g, '')
    .trim()
    .replace(/ +/g, '.')
  const local = latin.length > 3 ? latin : dice.string.alpha({ length: 7, casing: 'lower' })
  const address = `${local}${dice.number.int(999)}@${domain}`
  return { name: dice.helpers.arrayElement([name, address, `${name} (${address})`]), address }
}
