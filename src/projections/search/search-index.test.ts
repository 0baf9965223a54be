import { describe, expect, test } from 'vitest'
import type { Contact } from '../../domain/contact.ts'
import { sampleContact } from '../../testing/sample-contacts.ts'
import { SearchIndex } from './search-index.ts'

const person = (full: string, more: Partial<Contact> = {}): Contact =>
  sampleContact(full, { key: full, ...more, name: { full, ...more.name } })
const phones = (...values: string[]) => ({
  phones: values.map((value) => ({ value, kind: 'mobile' as const })),
})
const at = (name: string) => ({ organization: { name } })
const mail = (address: string) => ({ emails: [{ address }] })

/** In the order of the list. */
const people: readonly Contact[] = [
  person('Ann Miller', { ...phones('+1 206 555 0100'), ...at('Northwind') }),
  person('Anna Berg', mail('anna.berg@example.test')),
  person('Annabel Lee'),
  person('Berta Anders', at('Anna Verlag')),
  person('Conan O’Brien', phones('+1 425 555 0100')),
  person('Dr. Jean-Luc Picard', at('Flotte')),
  person('Ernst Groß', mail('ernst_gross@post.example.test')),
  person('Faruk Yıldız', phones('0532 123 45 67')),
  person('Gustav Miller-Anders', { nickname: 'Gusto' }),
  person('Hans Müller', phones('+49 (0)30 1234-567')),
  person('İbrahim Işık', at('Yıldız Holding')),
  person('J.R. Smith', phones('5550911')),
  person('Jeanette Clerc', phones('+39 06 698 1234')),
  person('Krzysztof Łęcki'),
  person('Kai-Robin Ott'),
  person('Lærke Sørensen', { nickname: 'Lulu' }),
  person('Nguyễn Đức Thành', phones('+84 91 234 56 78')),
  person('Þóra Guðmundsdóttir'),
  person('Studio 54', phones('112')),
  person('Иван Йорданов', at('Яндекс')),
  person('Йосиф Иванов'),
  person('Семён Лосев', phones('+7 912 345-67-89')),
  person('Γιώργος Παπαδόπουλος'),
  person('Οδυσσέας Ελύτης'),
  person('أَحْمَد الحسن', phones('٠٥٠ ١٢٣ ٤٥٦٧')),
  person('إبراهيم أحمد'),
  person('דָּוִד כהן'),
  person('राम शर्मा'),
  person('रमेश कुमार'),
  person('山田 花子', { name: { phoneticFamily: 'ヤマダ', phoneticGiven: 'ハナコ' } }),
  person('田中太郎', {
    name: { phoneticFamily: 'タナカ', phoneticGiven: 'タロウ' },
    ...at('株式会社ガス山'),
  }),
  person('ジョン・スミス', phones('090-1234-5678')),
  person('김철수', at('삼성전자')),
  person('김영희'),
  person('王小明', at('北京大学')),
  person('สมชาย ใจดี'),
  person('Rocket 🚀'),
  sampleContact('company', { key: 'Northwind', name: {}, ...at('Northwind') }),
  sampleContact('address', { key: 'address', name: {}, ...mail('info@northwind.example.test') }),
]

const positions = new Map(people.map(({ key }, position) => [key, position]))
const index = new SearchIndex((key) => positions.get(key) ?? Infinity)
for (const contact of people) index.add(contact)

const found = (text: string, limit = 3) => index.find(text, limit).map(({ key }) => key)
const marked = (text: string) =>
  index
    .find(text, 1)
    .flatMap(({ matches }) =>
      matches.map(
        ({ field, text, ranges }) =>
          `${field}: ${ranges.map(([start, end]) => text.slice(start, end)).join(' + ')}`,
      ),
    )

describe('the first three hits', () => {
  test.each<[typed: string, keys: string[]]>([
    // The whole word, then the whole word of a company, then the beginning of a name.
    ['anna', ['Anna Berg', 'Berta Anders', 'Annabel Lee']],
    ['ann', ['Ann Miller', 'Anna Berg', 'Annabel Lee']],
    ['an', ['Ann Miller', 'Anna Berg', 'Annabel Lee']],
    ['ander', ['Berta Anders', 'Gustav Miller-Anders']],
    ['miller', ['Ann Miller', 'Gustav Miller-Anders']],
    ['and mil', ['Gustav Miller-Anders']],
    ['northwind', ['Northwind', 'Ann Miller', 'address']],
    ['north', ['Northwind', 'Ann Miller', 'address']],
    ['obrien', ['Conan O’Brien']],
    ["O'BRIEN", ['Conan O’Brien']],
    ['brien', ['Conan O’Brien']],
    ['jean', ['Dr. Jean-Luc Picard', 'Jeanette Clerc']],
    ['jeanl', ['Dr. Jean-Luc Picard']],
    ['luc pic', ['Dr. Jean-Luc Picard']],
    ['luc-picard', ['Dr. Jean-Luc Picard']],
    ['gross', ['Ernst Groß']],
    ['groß', ['Ernst Groß']],
    ['ernst_g', ['Ernst Groß']],
    ['post.example', ['Ernst Groß']],
    ['yildiz', ['Faruk Yıldız', 'İbrahim Işık']],
    ['IŞIK', ['İbrahim Işık']],
    ['ibr', ['İbrahim Işık']],
    ['gusto', ['Gustav Miller-Anders']],
    ['gus', ['Gustav Miller-Anders']],
    ['muller', ['Hans Müller']],
    ['ＭＵＬＬＥＲ', ['Hans Müller']],
    ['mueller', ['Hans Müller']],
    ['hans mue', ['Hans Müller']],
    ['Müller', ['Hans Müller']],
    ['soerensen', ['Lærke Sørensen']],
    ['jr', ['J.R. Smith']],
    ['lecki', ['Krzysztof Łęcki']],
    ['laerke so', ['Lærke Sørensen']],
    ['duc nguyen', ['Nguyễn Đức Thành']],
    ['thora gud', ['Þóra Guðmundsdóttir']],
    ['иван', ['Иван Йорданов', 'Йосиф Иванов']],
    ['йо', ['Йосиф Иванов', 'Иван Йорданов']],
    ['ио', []],
    ['СЕМЕН', ['Семён Лосев']],
    ['янд', ['Иван Йорданов']],
    ['γιωργ', ['Γιώργος Παπαδόπουλος']],
    ['ΓΙΩΡΓΟΣ', ['Γιώργος Παπαδόπουλος']],
    ['οδυσσεασ ελ', ['Οδυσσέας Ελύτης']],
    ['احمد', ['أَحْمَد الحسن', 'إبراهيم أحمد']],
    ['ابراهيم', ['إبراهيم أحمد']],
    ['דוד', ['דָּוִד כהן']],
    ['राम', ['राम शर्मा']],
    ['र', ['राम शर्मा', 'रमेश कुमार']],
    ['रमे', ['रमेश कुमार']],
    ['रामेश', []],
    ['やまだ', ['山田 花子']],
    ['ﾔﾏﾀﾞ', ['山田 花子']],
    ['ヤマタ', []],
    ['山', ['山田 花子', '田中太郎']],
    ['山田花', ['山田 花子']],
    ['花子', ['山田 花子']],
    ['田', ['田中太郎', '山田 花子']],
    ['田中 太', ['田中太郎']],
    ['がす', ['田中太郎']],
    ['かす', []],
    ['すみす', ['ジョン・スミス']],
    ['ㄱ', ['김철수', '김영희']],
    ['김처', ['김철수']],
    ['영희', ['김영희']],
    ['삼성 김', ['김철수']],
    ['小明', ['王小明']],
    ['北京 王', ['王小明']],
    ['ใจดี', ['สมชาย ใจดี']],
    ['🚀', ['Rocket 🚀']],
    // Numbers.
    ['5550100', ['Ann Miller', 'Conan O’Brien']],
    ['206 555', ['Ann Miller']],
    ['(555) 206', []],
    ['06 698', ['Jeanette Clerc']],
    ['006 698', []],
    ['r', ['J.R. Smith', 'Rocket 🚀', 'Kai-Robin Ott']],
    ['ro', ['Rocket 🚀', 'Kai-Robin Ott']],
    ['00', ['Ann Miller', 'Conan O’Brien', 'Hans Müller']],
    ['+1 (206) 555-0100', ['Ann Miller']],
    ['0100', ['Ann Miller', 'Conan O’Brien']],
    ['030 1234', ['Hans Müller']],
    ['+49301234567', ['Hans Müller']],
    ['0049 30', ['Hans Müller']],
    ['+90 532', ['Faruk Yıldız']],
    ['0501234567', ['أَحْمَد الحسن']],
    ['٠٩٠', ['ジョン・スミス']],
    ['112', ['Studio 54']],
    ['912', ['Nguyễn Đức Thành', 'Семён Лосев']],
    ['hans 4567', ['Hans Müller']],
    // Letters on keys come after words and numbers: L. P., J. R. and Kr…, but nothing in the middle of words.
    ['54', ['Studio 54']],
    ['57', ['Dr. Jean-Luc Picard', 'J.R. Smith', 'Krzysztof Łęcki']],
    ['266', ['Ann Miller', 'Anna Berg', 'Annabel Lee']],
    ['26622', ['Anna Berg', 'Annabel Lee']],
    ['2237', ['Anna Berg']],
    ['26664553', ['Ann Miller']],
    ['55', ['Ann Miller', 'Conan O’Brien', 'J.R. Smith']],
    ['75858', []],
    ['53', ['Faruk Yıldız', 'Annabel Lee', 'Dr. Jean-Luc Picard']],
    // Nothing to search for.
    ['', []],
    [' \t\u200F', []],
    ["-.'", []],
    ['zzz', []],
  ])('of %j', (typed, keys) => expect(found(typed)).toEqual(keys))
})

describe('what matched, as it is spelled', () => {
  test.each<[typed: string, matches: string[]]>([
    ['gross', ['name: Groß', 'email: gross']],
    ['mue', ['name: Mü']],
    ['mu', ['name: Mü']],
    ['muell', ['name: Müll']],
    ['soer', ['name: Sør']],
    ['gros', ['name: Groß', 'email: gros']],
    ['obr', ['name: O’Br']],
    ['luc jean', ['name: Jean + Luc']],
    ['anna be', ['name: Anna + Be', 'email: anna + be']],
    ['northwind ann', ['name: Ann', 'organization: Northwind']],
    ['山田花', ['name: 山田 花']],
    ['山田 やま', ['name: 山田', 'phoneticName: ヤマ']],
    ['김처', ['name: 김철']],
    ['राम', ['name: राम']],
    ['احمد ال', ['name: أَحْمَد + ال']],
    ['030 12', ['phone: 30 12']],
    ['+49 30', ['phone: 49 (0)30']],
    ['5012', ['phone: ٥٠ ١٢']],
    ['57764', ['name: J + R + Smi']],
    ['5767', ['name: L + Sør']],
  ])('%j', (typed, matches) => expect(marked(typed)).toEqual(matches))
})

test('the limit bounds the hits', () => {
  expect(found('a', 1)).toHaveLength(1)
  expect(found('a', 2.9)).toHaveLength(2)
  expect(found('a', Infinity).length).toBeGreaterThan(3)
  for (const none of [0, -1, 0.5, NaN, -Infinity]) expect(found('a', none)).toEqual([])
})

test('a part of a name that the displayed name lacks is found, and shown only then', () => {
  const own = new SearchIndex()
  const name = { full: 'Bob Roe', given: 'Robert', family: 'Roe', fileAs: 'Roe, Robert' }
  own.add(sampleContact('1', { name, emails: [{ address: 'b@example.test', name: 'Bob Roe' }] }))
  const texts = (text: string) =>
    own.find(text, 9).flatMap(({ matches }) => matches.map((match) => match.text))
  expect(texts('rob')).toEqual(['Robert'])
  expect(texts('roe')).toEqual(['Bob Roe'])
  expect(texts('roe robert')).toEqual(['Bob Roe', 'Robert'])
})

test('the name given with an address is found, but not the name of a colleague within Exchange', () => {
  const own = new SearchIndex()
  const emails = [{ address: '/o=ExchangeLabs/cn=abc', name: 'Front Desk', routingType: 'EX' as const }]
  own.add(sampleContact('1', { emails }))
  expect(own.find('desk', 9).map(({ matches }) => matches)).toEqual([
    [{ field: 'email', text: 'Front Desk', ranges: [[6, 10]] }],
  ])
  expect(own.find('exchange', 9)).toEqual([])
})

describe('a number as it is dialled in its country', () => {
  test.each([
    ['+7 495 123-45-67', '8 495 123'],
    ['8 (495) 123-45-67', '+7 495 123'],
    ['+36 1 234 5678', '06 1 234'],
    ['06 1 234 5678', '+36 1 234'],
    ['+375 29 123-45-67', '80 29 123'],
    ['+49 30 901820', '030 9018'],
    ['030 901820', '+49 30 9018'],
  ])('%s is found by %s', (value, typed) => {
    const own = new SearchIndex()
    own.add(person('Ann', phones(value)))
    const texts = own.find(typed, 9).flatMap(({ matches }) => matches.map(({ field, text }) => [field, text]))
    expect(texts).toEqual([['phone', value]])
  })

  test('the prefix that is not written is not marked', () => {
    const own = new SearchIndex()
    own.add(person('Ann', phones('+36 1 234 5678')))
    const [match] = own.find('06 1 234', 9)[0]?.matches ?? []
    expect(match?.ranges).toEqual([[4, 9]])
  })
})

describe('a number that follows another one', () => {
  const own = new SearchIndex()
  own.add(person('Room 12', phones('555 34 56', '+49 30 8080')))
  own.add(person('Room 13', phones('555 34 56')))
  own.add(person('Ann', phones('12 555')))
  const foundHere = (typed: string) =>
    own.find(typed, 9).map(({ key, matches }) => `${key}: ${matches.map(({ text }) => text).join(', ')}`)

  test.each([
    ['room 12 555', ['Room 12: Room 12, 555 34 56']],
    ['555 room 12', ['Room 12: Room 12, 555 34 56']],
    ['555 12 room', ['Room 12: Room 12, 555 34 56']],
    ['room-12 +4930', ['Room 12: Room 12, +49 30 8080']],
    ['12 555 34', ['Room 12: Room 12, 555 34 56']],
    ['12 555', ['Ann: 12 555', 'Room 12: Room 12, 555 34 56']],
    // All of them parts of numbers: too many contacts have these.
    ['34 55', []],
    ['room 34 55', []],
  ])('%j', (typed, expected) => expect(foundHere(typed).toSorted()).toEqual(expected))
})

test('a text is marked once, whether letters are typed with, without or instead of their marks', () => {
  const own = new SearchIndex()
  own.add(sampleContact('1', { name: { full: 'Jo\u0308rg Åse Möll-Mühl' } }))
  const marks = (typed: string) =>
    own.find(typed, 9).map(({ matches }) => matches.map(({ ranges }) => ranges))
  expect(marks('moe mu aase jorg')).toEqual([
    [
      [
        [0, 5],
        [6, 9],
        [10, 12],
        [15, 17],
      ],
    ],
  ])
  expect(marks('joerg')).toEqual([[[[0, 5]]]])
  own.remove('key-of-1')
  expect(marks('moe')).toEqual([])
})

test('a contact with a known key takes the place of the earlier one', () => {
  const own = new SearchIndex()
  own.add(sampleContact('1', { name: { full: 'Before' } }))
  own.add(sampleContact('1', { name: { full: 'After' } }))
  expect([own.size, own.find('before', 9).length, own.find('after', 9).length]).toEqual([1, 0, 1])
})
