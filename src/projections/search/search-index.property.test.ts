import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Contact } from '../../domain/contact.ts'
import { displayName } from '../display-name.ts'
import { sampleContact } from '../../testing/sample-contacts.ts'
import { foldText, transcribeText } from './text/fold-text.ts'
import { SearchIndex } from './search-index.ts'
import { splitQuery } from './text/split-words.ts'

const characters = (text: string) => [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment)
const letters = [
  ...characters('abcdeoßıİæﬁøüéñłŽабвйёїαάσςابأىעאבם'),
  ...['عَ', 'क', 'का', 'कि', 'र्', 'म'],
  ...characters('山田花ガかーﾊ김철수한ㅎไทย😀👩‍🚀Ａ5٣'),
]
const signs = [
  ...characters(" \u3000\t\n.-'’@_+()/,;|~#"),
  '\u200F',
  '\u200D',
  '\u0301',
  '\u3099',
  '\uD800',
  '\uDC00',
]
const word = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 8 })
const odd = fc.string({ unit: fc.constantFrom(...letters, ...signs), maxLength: 30 })
const number = fc.string({ unit: fc.constantFrom(...characters('0123456789+ ()-/٣x')), maxLength: 20 })

const contactOf = (name: fc.Arbitrary<string>): fc.Arbitrary<Contact> =>
  fc
    .record({
      id: fc.integer({ min: 0, max: 30 }),
      full: name,
      given: odd,
      fileAs: odd,
      phoneticFamily: odd,
      nickname: odd,
      company: odd,
      address: odd,
      label: odd,
      phones: fc.array(number, { maxLength: 3 }),
    })
    .map(({ id, full, given, fileAs, phoneticFamily, nickname, company, address, label, phones }) =>
      sampleContact(String(id), {
        name: { full, given, fileAs, phoneticFamily },
        nickname,
        organization: { name: company },
        emails: [{ address, name: label }],
        phones: phones.map((value) => ({ value, kind: 'mobile' as const })),
      }),
    )

const named = contactOf(fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' ')))
const anyContact = contactOf(odd)
const query = fc.oneof(odd, word, number)

const indexOf = (contacts: readonly Contact[]): SearchIndex => {
  const index = new SearchIndex()
  for (const contact of contacts) index.add(contact)
  return index
}
const uniqueKeys = (contacts: readonly Contact[]) => [
  ...new Map(contacts.map((contact) => [contact.key, contact])).values(),
]
const keys = (index: SearchIndex, text: string, limit = Infinity) =>
  index.find(text, limit).map(({ key }) => key)

test('every contact is found by each prefix of each word of its name', () => {
  fc.assert(
    fc.property(named, fc.array(anyContact, { maxLength: 5 }), (contact, others) => {
      const index = indexOf([...others, contact])
      for (const word of displayName(contact).split(' ')) {
        const all = characters(word)
        for (let length = 1; length <= all.length; length++)
          expect(keys(index, all.slice(0, length).join(''))).toContain(contact.key)
      }
    }),
  )
})

test('every contact is found by all of its name, its addresses, its nickname and its company, if they have a letter', () => {
  fc.assert(
    fc.property(anyContact, (contact) => {
      const index = indexOf([contact])
      const { nickname = '', organization, emails } = contact
      for (const text of [displayName(contact), nickname, organization?.name ?? '', emails[0]?.address ?? ''])
        if (/[\p{L}\p{N}]/u.test(foldText(text).text)) expect(keys(index, text)).toEqual([contact.key])
    }),
  )
})

test('every contact is found by any digits that follow one another in a number', () => {
  fc.assert(
    fc.property(anyContact, fc.nat(), fc.integer({ min: 1, max: 6 }), (contact, from, count) => {
      const index = indexOf([contact])
      for (const { value } of contact.phones) {
        const digits = value.replaceAll('٣', '3').replaceAll(/\D|^0+/g, '')
        const some = digits.slice(from % (digits.length || 1)).slice(0, count)
        if (some !== '' && !/[+]|^00/.test(value.replaceAll(/[^0-9+]/g, '')))
          expect(keys(index, some)).toEqual([contact.key])
      }
    }),
  )
})

test('ranges are in order within the text, start and end with characters, and fold to what was typed', () => {
  fc.assert(
    fc.property(fc.array(anyContact, { maxLength: 8 }), word, (contacts, typed) => {
      const wanted = foldText(typed).text
      const isOneWord = splitQuery(foldText(typed))[0]?.length === 1 && !/[0-9]/.test(wanted)
      for (const { matches } of indexOf(contacts).find(typed, Infinity)) {
        expect(matches.length).toBeGreaterThan(0)
        for (const { text, ranges } of matches) {
          expect(ranges.length).toBeGreaterThan(0)
          let last = 0
          for (const [start, end] of ranges) {
            expect(last <= start && start < end && end <= text.length).toBe(true)
            last = end
            if (isOneWord)
              expect(
                [foldText(text.slice(start, end)), transcribeText(text.slice(start, end))].some((folded) =>
                  folded?.text.replaceAll(/[^\p{L}\p{M}\p{S}]/gu, '').includes(wanted),
                ),
              ).toBe(true)
          }
        }
      }
    }),
  )
})

test('what was removed is not found, and the others are found as if it had never been there', () => {
  fc.assert(
    fc.property(
      fc.array(anyContact, { maxLength: 12 }),
      fc.array(query, { maxLength: 6 }),
      (all, queries) => {
        const contacts = uniqueKeys(all)
        const [gone, left] = [contacts.slice(0, contacts.length / 2), contacts.slice(contacts.length / 2)]
        const index = indexOf(contacts)
        for (const { key } of gone) index.remove(key)
        for (const text of [...queries, ...all.map(({ name }) => name.full ?? '')])
          expect(index.find(text, 9)).toEqual(indexOf(left).find(text, 9))
        for (const { key } of left) index.remove(key)
        expect(index.size).toBe(0)
        for (const text of queries) expect(index.find(text, 9)).toEqual([])
        for (const contact of contacts) index.add(contact)
        for (const text of queries) expect(index.find(text, 9)).toEqual(indexOf(contacts).find(text, 9))
      },
    ),
  )
})

test('the order in which contacts are added changes no result', () => {
  fc.assert(
    fc.property(fc.array(anyContact, { maxLength: 12 }), query, (all, text) => {
      const contacts = uniqueKeys(all)
      expect(indexOf(contacts.toReversed()).find(text, 5)).toEqual(indexOf(contacts).find(text, 5))
    }),
  )
})

test('a smaller limit gives the beginning of the same hits, in the order of the list where they are equally good', () => {
  const twins = Array.from({ length: 40 }, (_, place) =>
    sampleContact(String(place), { name: { full: 'Twin' } }),
  )
  fc.assert(
    fc.property(fc.shuffledSubarray(twins, { minLength: 40 }), fc.nat({ max: 45 }), (order, limit) => {
      const places = new Map(order.map(({ key }, place) => [key, place]))
      const index = new SearchIndex((key) => places.get(key) ?? NaN)
      for (const contact of twins) index.add(contact)
      expect(keys(index, 'tw', limit)).toEqual(order.slice(0, limit).map(({ key }) => key))
    }),
  )
})

test.each([
  ['a very long name', { name: { full: 'a'.repeat(1e6) } }, 'aaa'],
  ['many words', { name: { full: 'ab '.repeat(3e5) } }, 'ab'],
  ['parts without end', { name: { full: 'a-'.repeat(5e5) } }, 'aaa'],
  ['no spaces', { name: { full: '山'.repeat(1e6) } }, '山山'],
  ['an accent after another', { name: { full: `e${'\u0301\u0316'.repeat(5e5)}x` } }, 'e'],
  ['an address of dots', { emails: [{ address: 'a.'.repeat(1e5) + '@example.test' }] }, 'a'],
  [
    'many addresses',
    { emails: Array.from({ length: 1e5 }, (_, i) => ({ address: `x${i}@example.test` })) },
    'x1',
  ],
  [
    'many numbers',
    { phones: Array.from({ length: 1e5 }, (_, i) => ({ value: `+49${i}`, kind: 'work' as const })) },
    '+491',
  ],
  ['many digits', { phones: [{ value: '(0'.repeat(5e5), kind: 'work' as const }] }, '000'],
])('%s is searched like any other contact', (_, more, typed) => {
  const contact = sampleContact('1', more)
  const index = indexOf([contact])
  expect(keys(index, typed)).toEqual([contact.key])
  index.remove(contact.key)
  expect(keys(index, typed)).toEqual([])
})

test.each([
  'a'.repeat(1e6),
  'a-'.repeat(5e5),
  'a b '.repeat(5e5),
  '5 '.repeat(5e5),
  '\u0301'.repeat(1e6),
  '山 '.repeat(5e5),
])('a query without end has an answer', (text) =>
  expect(Array.isArray(indexOf([sampleContact('1')]).find(text, 9))).toBe(true),
)
