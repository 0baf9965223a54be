import fc from 'fast-check'
import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import type { Contact } from '../../src/domain/contact.ts'
import { vcards } from '../../src/export/vcard.ts'
import type { VcardVersion } from '../../src/export/vcard.ts'
import { displayName } from '../../src/projections/display-name.ts'
import { arbitraryContact, asWritten } from './arbitrary-contacts.ts'

type Property = readonly [string, Readonly<Record<string, unknown>>, string, ...unknown[]]
type Card = readonly ['vcard', readonly Property[], unknown]

const written = (contacts: readonly Contact[], version: VcardVersion = '4.0'): string =>
  [...vcards(contacts, { version })].join('')

/** Reads cards with ical.js, which gives one card for one and an array for several. */
const cardsOf = (text: string): readonly Card[] => {
  const parsed = ICAL.parse(text) as unknown as Card | readonly Card[]
  return parsed[0] === 'vcard' ? [parsed as Card] : (parsed as readonly Card[])
}

const unescaped = (text: string): string =>
  text.replace(/\\(.)/gs, (_, character: string) => (character === 'n' ? '\n' : character))

/**
 * Stands for a backslash. After an escaped one, ical.js takes a separator for an escaped one. In a parameter, where a
 * backslash means itself (RFC 6868), it decodes an escape and then looks for the value one character too early.
 */
const BACKSLASH = '\ufdd1'

const withoutBackslashes = (text: string): string =>
  text
    .replaceAll('\r\n ', '')
    .replace(/^\w+;SORT-AS="[^"]*"/gm, (parameter) => parameter.replaceAll('\\', BACKSLASH))
    .replace(/\\(.)/g, (pair, character) => (character === '\\' ? BACKSLASH : pair))

/** A value as ical.js reads it, but for `\\;`, which it leaves in every text that is not structured. */
const read = ([, , , ...values]: Property): readonly unknown[] => values.map(repaired)

const repaired = (value: unknown): unknown =>
  typeof value === 'string'
    ? value.replaceAll('\\;', ';').replaceAll(BACKSLASH, '\\')
    : Array.isArray(value)
      ? value.map(repaired)
      : value

const all = ([, properties]: Card, name: string): readonly unknown[] =>
  properties.filter((property) => property[0] === name).flatMap(read)

/** Only the raw text shows unknown properties as they are. */
const rawValues = (text: string, name: string): readonly string[] =>
  [
    ...text
      .replaceAll('\r\n ', '')
      .matchAll(new RegExp(`^(?:item\\d+\\.)?${name}(?:;[^:]*)?:(.*)\\r$`, 'gm')),
  ].map(([, value = '']) => unescaped(value))

const parts = (...texts: (string | undefined)[]): readonly string[] =>
  texts.map((text) => asWritten(text ?? ''))

const versions = ['4.0', '3.0'] as const

describe.each(versions)('vCard %s', (version) => {
  it('gives a reader the same names, numbers, addresses, dates and notes, whatever they are', () => {
    fc.assert(
      fc.property(arbitraryContact, (contact) => {
        const text = written([contact], version)
        const [card, another] = cardsOf(withoutBackslashes(text))
        expect(another).toBeUndefined()
        if (!card) throw new Error('no card')
        expect(all(card, 'version')).toEqual([version])
        expect(all(card, 'fn')).toEqual([asWritten(displayName(contact))])
        const { name, organization = {} } = contact
        const names = parts(name.family, name.given, name.middle, name.prefix, name.suffix)
        if (names.some((part) => part !== '')) expect(all(card, 'n')).toEqual([names])
        // In a number of 3.0, ical.js takes the escaped line break for an n.
        const lineBreak = version === '3.0' ? 'n' : '\n'
        expect(all(card, 'tel').map((each) => String(each).replace(/^tel:/, ''))).toEqual(
          contact.phones.map(({ value }) => asWritten(value).replaceAll('\n', lineBreak)),
        )
        const addresses = contact.emails.flatMap(({ address }) =>
          address === undefined ? [] : [asWritten(address)],
        )
        expect(all(card, 'email')).toEqual(addresses)
        const postal = contact.addresses.map(({ street, city, region, postalCode, country }) =>
          parts(street, city, region, postalCode, country),
        )
        const read = all(card, 'adr').map((each) => (each as readonly string[]).slice(2))
        expect(read.slice(0, postal.length)).toEqual(postal)
        const titles = [organization, ...(contact.otherOrganizations ?? [])].flatMap(({ title }) =>
          title ? parts(title) : [],
        )
        expect(all(card, 'title')).toEqual(titles)
        expect(all(card, 'role')).toEqual(
          parts(organization.profession).filter(() => organization.profession !== undefined),
        )
        expect(all(card, 'nickname')).toEqual(contact.nickname === undefined ? [] : parts(contact.nickname))
        expect(all(card, 'note')).toEqual(contact.note === undefined ? [] : parts(contact.note))
        expect(all(card, 'categories')).toEqual(contact.categories.map(asWritten))
        const { year, month = 0, day = 0 } = contact.birthday ?? {}
        const date = [month, day].map((each) => String(each).padStart(2, '0')).join('-')
        const shown = version === '4.0' ? '-' : '1604'
        const birthday = `${year === undefined ? shown : String(year).padStart(4, '0')}-${date}`
        expect(all(card, 'bday')).toEqual(contact.birthday ? [birthday] : [])
        const people = [
          contact.spouse,
          ...(contact.children ?? []),
          organization.assistant,
          organization.manager,
        ]
        expect(rawValues(text, version === '4.0' ? 'RELATED' : 'X-ABRELATEDNAMES')).toEqual(
          people.flatMap((each) => (each === undefined ? [] : [asWritten(each)])),
        )
      }),
      { numRuns: 300 },
    )
  })

  it('has lines of at most 75 octets that end with CRLF and are UTF-8 by themselves', () => {
    fc.assert(
      fc.property(fc.array(arbitraryContact, { maxLength: 3 }), (contacts) => {
        const bytes = Buffer.from(written(contacts, version))
        const lines = bytes.toString('latin1').split('\r\n')
        expect(lines.pop()).toBe('')
        for (const line of lines) {
          expect(line.length).toBeLessThanOrEqual(75)
          expect(line).not.toMatch(/[\r\n]/)
          const decode = () => new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(line, 'latin1'))
          expect(decode).not.toThrow()
        }
        expect(cardsOf(bytes.toString()).length).toBe(contacts.length)
      }),
    )
  })
})

const contact = (more: Partial<Contact>): Contact => ({
  ...{ key: 'k1', id: '1', source: 'microsoft365', name: { full: 'Ann' } },
  ...{ phones: [], emails: [], addresses: [], ims: [], categories: [] },
  ...more,
})

const linesOf = (more: Partial<Contact>, version?: VcardVersion): readonly string[] =>
  written([contact(more)], version)
    .replaceAll('\r\n ', '')
    .split('\r\n')
    .slice(4, -2)

describe('the properties', () => {
  it.each([
    ['work', 'TEL;TYPE=work,voice:1'],
    ['home', 'TEL;TYPE=home,voice:1'],
    ['mobile', 'TEL;TYPE=cell:1'],
    ['other', 'TEL;TYPE=voice:1'],
    ['fax', 'TEL;TYPE=fax:1'],
    ['pager', 'TEL;TYPE=pager:1'],
    ['assistant', 'item1.TEL;TYPE=voice:1', 'item1.X-ABLabel:Assistant'],
    ['company', 'item1.TEL;TYPE=work,voice:1', 'item1.X-ABLabel:Company'],
  ] as const)('of a number say its kind: %s', (kind, ...lines) => {
    expect(linesOf({ phones: [{ kind, value: '1' }] })).toEqual(lines)
    const older = linesOf({ phones: [{ kind, value: '1' }] }, '3.0').slice(1)
    expect(older.map((line) => line.toLowerCase())).toEqual(lines.map((line) => line.toLowerCase()))
  })

  it.each([
    [{ month: 4, day: 12 }, 'BDAY:--0412', 'BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-12'],
    [{ year: 850, month: 4, day: 2 }, 'BDAY:08500402', 'BDAY:0850-04-02'],
  ])('of a date: %j', (birthday, line, older) => {
    expect(linesOf({ birthday })).toEqual([line])
    expect(linesOf({ birthday }, '3.0')).toEqual(['N:;;;;', older])
  })

  it('of an impossible date are none', () => {
    for (const birthday of [
      { year: NaN, month: 4, day: 12 },
      { month: 13, day: 1 },
      { month: 4, day: 0.5 },
      { year: 2023, month: 2, day: 29 },
      { month: 2, day: 30 },
    ])
      expect(linesOf({ birthday, modified: 'yesterday' })).toEqual([])
    expect(linesOf({ birthday: { year: 4, month: 2, day: 29 } })).toEqual(['BDAY:00040229'])
  })

  it('of a name say how it is spoken, else how it is filed', () => {
    const name = {
      family: '山田',
      given: '太郎',
      phoneticFamily: 'やまだ',
      phoneticGiven: 'たろう',
      fileAs: 'x',
    }
    expect(linesOf({ name })).toEqual([
      'N;SORT-AS="やまだ,たろう":山田;太郎;;;',
      'X-PHONETIC-FIRST-NAME:たろう',
      'X-PHONETIC-LAST-NAME:やまだ',
    ])
    expect(linesOf({ name }, '3.0').slice(0, 2)).toEqual(['N:山田;太郎;;;', 'SORT-STRING:やまだ たろう'])
    expect(linesOf({ name: { given: 'A', fileAs: 'B^ "C",\nD' } })).toEqual([
      `N;SORT-AS="B^^ ^'C^' ^nD":;A;;;`,
    ])
  })

  it('of instant messaging and of pages are URIs', () => {
    const [sip, free, url] = linesOf({ ims: ['sip:a@b.test', 'a b;c@d'], url: 'https://e.test/a b,c;\\' })
    expect([sip, free, url]).toEqual([
      'IMPP:sip:a@b.test',
      'IMPP:im:a%20b%3Bc@d',
      'URL;TYPE=work:https://e.test/a%20b,c;%5C',
    ])
  })

  it('leave out Exchange names, and label what has a name of its own', () => {
    const emails = [
      { address: '/o=ExchangeLabs/cn=ann', routingType: 'EX' },
      { name: 'only a name' },
      { address: 'ann@example.test', name: 'Ann, at home' },
    ] as const
    expect(linesOf({ emails })).toEqual(['item1.EMAIL:ann@example.test', 'item1.X-ABLabel:Ann\\, at home'])
  })

  it.each([
    ['4.0', ['TEL;TYPE=cell;PREF=1:1', 'EMAIL;PREF=1:a@e.test']],
    ['3.0', ['TEL;TYPE=CELL,PREF:1', 'EMAIL;TYPE=INTERNET,PREF:a@e.test']],
  ] as const)('say in %s which number and address is preferred', (version, lines) => {
    const phones = [{ kind: 'mobile', value: '1', preferred: true }] as const
    const emails = [{ address: 'a@e.test', preferred: true }] as const
    expect(linesOf({ phones, emails }, version)).toEqual(expect.arrayContaining([...lines]))
  })

  it.each([
    ['4.0', ['TEL;VALUE=uri;TYPE=work,voice:tel:+1-206-555-0100;ext=12', 'TEL;TYPE=work,voice:1 x5']],
    ['3.0', ['TEL;TYPE=WORK,VOICE:+1-206-555-0100\\;ext=12', 'TEL;TYPE=WORK,VOICE:1 x5']],
  ] as const)(
    'have in %s the extension where readers look, and spell the number the same',
    (version, lines) => {
      const values = ['+1-206-555-0100;ext=12', '1 x5']
      const phones = values.map((value) => ({ kind: 'work' as const, value }))
      expect(linesOf({ phones }, version)).toEqual(expect.arrayContaining([...lines]))
    },
  )

  it('take the name of the contact for no label', () => {
    const emails = [{ address: 'ann@example.test', name: 'Ann Lee' }]
    expect(linesOf({ name: { full: 'Ann Lee' }, emails })).toEqual(['EMAIL:ann@example.test'])
  })

  it('put the office where Outlook looks for it', () => {
    const organization = { office: '5.1' }
    const addresses = [{ kind: 'home' }, { kind: 'work', city: 'Bern' }] as const
    expect(linesOf({ organization, addresses })).toEqual([
      'ADR;TYPE=home:;;;;;;',
      'ADR;TYPE=work:;5.1;;Bern;;;',
    ])
    expect(linesOf({ organization })).toEqual(['ADR;TYPE=work:;5.1;;;;;'])
  })
})

it('a card has the same UID in each export, and another than any other card', () => {
  const uid = (key: string) => /^UID:(.+)\r$/m.exec(written([contact({ key })]))?.[1]
  expect(uid('k1')).toBe(uid('k1'))
  expect(uid('k1')).not.toBe(uid('k2'))
  expect(uid('k1')).toMatch(/^urn:uuid:[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
})

it('a contact of many values comes in small pieces', () => {
  const phones = Array.from({ length: 20_000 }, (_, index) => ({
    kind: 'work' as const,
    value: String(index),
  }))
  const lengths = [...vcards([contact({ phones })])].map(({ length }) => length)
  expect(Math.max(...lengths)).toBeLessThan(20_000)
})
