import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Contact } from '../../domain/contact.ts'
import { sampleContact } from '../../testing/sample-contacts.ts'
import { ContactOrder, inDisplayOrder, orderEntry } from '../sort-contacts.ts'
import type { NameOrder } from './name-order.ts'

const keys = (contacts: readonly Contact[]) => contacts.map(({ key }) => key)
const called = (name: string, at: number) => sampleContact(`${at}`, { key: name, name: { full: name } })

/** Names in the order of each locale. */
const tables: readonly [locale: string, names: string[]][] = [
  ['en', ['Ann Zorn', 'Anna Bee', 'Åsa', 'Élan', 'Öst', 'Zoe', 'Жан', '山田', '9 Lives', '10 Lives']],
  ['sv', ['Anna', 'Vera', 'Zoe', 'Åsa', 'Älva', 'Örjan']],
  ['da', ['Anna', 'Zoe', 'Ærø', 'Øst', 'Aage', 'Åse']],
  ['de', ['Adler', 'Ärmel', 'Azur', 'Müller', 'Mut', 'Straße', 'Strasser']],
  ['de-u-co-phonebk', ['Adler', 'Ärmel', 'Afra']],
  ['es', ['Nadal', 'Nuria', 'Ñandú', 'Oca']],
  ['cs', ['Cyril', 'Čapek', 'Hus', 'Chalupa', 'Ivan', 'Řehoř', 'Sova', 'Šárka']],
  ['hu', ['Cukor', 'Csaba', 'Dóra', 'Dzsida', 'Zita', 'Zsófi']],
  ['tr', ['Cem', 'Çağla', 'Ilgaz', 'İnci', 'Oya', 'Özge', 'Şule']],
  ['ru', ['Анна', 'Ежов', 'Ёлкин', 'Ерин', 'Иван', 'Йод', 'Яна', 'Ann']],
  ['ar', ['أحمد', 'باسم', 'يوسف', 'Ann']],
  ['ja', ['Ann', 'あべ', 'カトウ', 'がんだ', 'やまだ', '山田', '9']],
  ['ko', ['김', '나', '황', 'Ann']],
  ['zh', ['阿明', 'Ann', 'Bo', '李四', 'Luo', '王伟', '张三', 'Zoe']],
  ['th', ['กมล', 'เกษม', 'ขวัญ', 'ไข่', 'อานนท์']],
]

test.each(tables)('in %s, names are in the order of its people', (locale, names) => {
  expect(keys(inDisplayOrder(names.toReversed().map(called), locale))).toEqual(names)
})

test('a short word comes before a longer one that begins alike, whatever follows it', () => {
  const names = ['Lee Zoe', 'Lee, Zora', 'Lee (Zuri)', 'Leeson Ann', 'Le-Essen', 'Lef']
  expect(keys(inDisplayOrder(names.toReversed().map(called), 'en'))).toEqual([
    'Lee Zoe',
    'Lee, Zora',
    'Lee (Zuri)',
    'Leeson Ann',
    'Le-Essen',
    'Lef',
  ])
})

describe('the name that decides', () => {
  const ann = { full: 'Dr. Ann Lee', given: 'Ann', middle: 'B.', family: 'Lee' }
  const between = (contact: Contact, before: string, after: string, nameOrder?: NameOrder) =>
    expect(
      keys(inDisplayOrder([called(after, 0), contact, called(before, 1)], 'en', nameOrder)),
      JSON.stringify(contact.name),
    ).toEqual([before, contact.key, after])
  const of = (more: Partial<Contact>) => sampleContact('x', { key: 'it', name: {}, ...more })

  test('is made of the parts, in the order of the setting', () => {
    between(of({ name: ann }), 'Ann B. Leda', 'Ann B. Leo')
    between(of({ name: ann }), 'Lee Ann A', 'Lee Ann C', 'family-first')
    between(of({ name: { given: 'Ann' } }), 'Anm', 'Ano', 'family-first')
    between(of({ name: { family: 'Lee' } }), 'Led', 'Lef', 'given-first')
  })

  test('is the whole name, where there are no parts', () => {
    between(of({ name: { full: 'Ann Lee' } }), 'Ann Led', 'Ann Lef')
    between(of({ name: { full: 'Ann Lee' } }), 'Ann Led', 'Ann Lef', 'family-first')
  })

  test('is the phonetic one, part by part, in every locale', () => {
    const name = { ...ann, phoneticGiven: 'Ono', phoneticFamily: 'Rho' }
    between(of({ name }), 'Ono Rha', 'Ono Rhu')
    between(of({ name }), 'Rho On', 'Rho Op', 'family-first')
    between(of({ name: { ...ann, phoneticFamily: 'Rho' } }), 'Rho Ann A', 'Rho Ann C', 'family-first')
  })

  test('is what else the contact is called by: nickname, company as it sounds, company, e-mail address', () => {
    const company = { organization: { name: 'Lee Ltd', phoneticName: 'Rho' } }
    const email = { emails: [{ address: 'mia@example.test' }] }
    between(of({ nickname: 'Tia', ...company, ...email }), 'Ti', 'Tib')
    between(of({ ...company, ...email }), 'Rh', 'Ri')
    between(of({ organization: { name: 'Lee Ltd' }, ...email }), 'Lee', 'Lef')
    between(of(email), 'Mi', 'Mib')
  })

  test('is by default the family name where the people of the locale put it first', () => {
    const contacts = [
      sampleContact('1', { key: 'Ann Z', name: { given: 'Ann', family: 'Z' } }),
      sampleContact('2', { key: 'Bob Y', name: { given: 'Bob', family: 'Y' } }),
    ]
    for (const locale of ['hu', 'ja', 'ko-KR', 'vi', 'zh-Hant-TW', 'yue'])
      expect(keys(inDisplayOrder(contacts, locale))).toEqual(['Bob Y', 'Ann Z'])
    for (const locale of ['en', 'de', 'ru', 'ar', 'th', 'tr'])
      expect(keys(inDisplayOrder(contacts, locale))).toEqual(['Ann Z', 'Bob Y'])
  })
})

const part = fc.option(
  fc.oneof(
    fc.constantFrom(
      'Ann',
      'ann',
      'Åsa',
      'ch',
      'Жан',
      'やまだ',
      '山田',
      '阿',
      '김',
      '-',
      ' ',
      '9',
      '10',
      'ß',
      '\u0301',
      '\ud800',
      '\u202e',
    ),
    fc.string({ unit: 'binary', maxLength: 5 }),
  ),
  { nil: undefined },
)
const contacts = fc
  .array(fc.record({ full: part, given: part, family: part, phoneticFamily: part, number: part }), {
    maxLength: 40,
  })
  .map((drawn) =>
    drawn.map(({ number, ...name }, at) =>
      sampleContact(`${at}`, {
        name: Object.fromEntries(Object.entries(name).filter(([, text]) => text !== undefined)),
        phones: number === undefined ? [] : [{ value: number, kind: 'work' }],
      }),
    ),
  )
const setting = fc.tuple(
  fc.constantFrom('en', 'sv', 'cs', 'tr', 'ru', 'ar', 'th', 'ja', 'ko', 'zh', 'zh-TW'),
  fc.constantFrom<NameOrder>('given-first', 'family-first'),
)

test('however contacts arrived, their order is the same', () => {
  fc.assert(
    fc.property(
      contacts.chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
      ),
      setting,
      ([all, shuffled], [locale, nameOrder]) => {
        expect(keys(inDisplayOrder(shuffled, locale, nameOrder))).toEqual(
          keys(inDisplayOrder(all, locale, nameOrder)),
        )
      },
    ),
    { numRuns: 300 },
  )
})

test('the order is total: of two contacts one comes first, and it agrees with every third', () => {
  fc.assert(
    fc.property(contacts, setting, (all, [locale, nameOrder]) => {
      const order = new ContactOrder(locale, nameOrder)
      const entries = all.slice(0, 8).map(orderEntry)
      const sign = (a: number, b: number) => Math.sign(order.compare(entries[a]!, entries[b]!))
      for (const a of entries.keys())
        for (const b of entries.keys()) {
          expect(sign(a, b) + sign(b, a)).toBe(0)
          expect(sign(a, b) === 0).toBe(a === b)
          for (const c of entries.keys()) if (sign(a, b) < 0 && sign(b, c) < 0) expect(sign(a, c)).toBe(-1)
        }
    }),
    { numRuns: 100 },
  )
})

test('of a name without end, only the beginning is compared', () => {
  const endless = (at: number) => sampleContact(`${at}`, { name: { full: `${'A'.repeat(1_000_000)}${at}` } })
  const all = Array.from({ length: 50 }, (_, at) => endless(50 - at))
  expect(keys(inDisplayOrder(all, 'en'))).toEqual(keys(all).toSorted())
})

test('very many values do not change the place of a contact', () => {
  const emails = Array.from({ length: 300_000 }, () => ({ name: ' ' }))
  const phones = Array.from({ length: 300_000 }, () => ({ value: ' ', kind: 'work' as const }))
  const many = sampleContact('many', { name: {}, emails, phones })
  expect(keys(inDisplayOrder([many, called('Ann', 1)], 'en'))).toEqual(['Ann', many.key])
})

test.each([undefined, 'given-first', 'family-first'] as const)(
  'a locale that is none is refused at once, not when the first list is sorted (%s)',
  (nameOrder) => {
    expect(() => new ContactOrder('de_DE', nameOrder)).toThrow(RangeError)
  },
)
