import { describe, expect, test } from 'vitest'
import type { Contact } from '../../domain/contact.ts'
import { sampleContact } from '../../testing/sample-contacts.ts'
import { contactTexts, searchedPhones } from './contact-texts.ts'
import { MOST_MATCHES, MOST_RANGES } from './hit.ts'
import { SearchIndex } from './search-index.ts'

const matchesOf = (contact: Contact, typed: string) => {
  const index = new SearchIndex()
  index.add(contact)
  return index.find(typed, 1).flatMap(({ matches }) => matches)
}
const addresses = (count: number, addressOf: (place: number) => string) =>
  Array.from({ length: count }, (_, place) => ({ address: addressOf(place) }))
const lengthOf = (texts: readonly string[]) => texts.reduce((sum, text) => sum + text.length, 0)

describe('a contact that would hold the thread', () => {
  const dotted = sampleContact('dotted', {
    name: { full: 'Ann' },
    emails: addresses(40, (place) => `${place}.${'a.'.repeat(480)}@e.test`),
    phones: [{ value: '1.'.repeat(400), kind: 'work' }],
  })

  test.each(['a', 'ann', 'a.a', 'a e test', '1', 'a@a@a 1'])(
    'has an answer of bounded size to %j',
    (typed) => {
      const matches = matchesOf(dotted, typed)
      expect(matches.length).toBeGreaterThan(0)
      expect(matches.length).toBeLessThanOrEqual(MOST_MATCHES)
      for (const { ranges } of matches) expect(ranges.length).toBeLessThanOrEqual(MOST_RANGES)
    },
  )

  test('is searched as far as the other contacts', () => {
    const values = Array.from({ length: 100 }, (_, place) => `${place}${' 5'.repeat(490)}`)
    const contact = sampleContact('long', {
      emails: addresses(100, (place) => `${place}${'é'.repeat(990)}`),
      phones: values.map((value) => ({ value, kind: 'work' })),
    })
    expect(
      lengthOf(contactTexts(contact, 'given-first').map(({ folded }) => folded.text)),
    ).toBeLessThanOrEqual(6000)
    expect(lengthOf(searchedPhones(contact))).toBeLessThanOrEqual(6000)
  })
})

test('a hundred addresses of usual length are all searched', () => {
  const contact = sampleContact('1', { emails: addresses(100, (place) => `person-${place}@example.test`) })
  expect(matchesOf(contact, 'person-99')).toHaveLength(1)
})

test('each word that was typed is shown, however many matches another one has', () => {
  const contact = sampleContact('1', {
    emails: addresses(50, (place) => `ann${place}@${place === 49 ? 'last' : 'example'}.test`),
    phones: [{ value: '206 555 0100', kind: 'work' }],
  })
  const texts = matchesOf(contact, 'ann last 555').map(({ text }) => text)
  expect(texts).toHaveLength(MOST_MATCHES)
  expect(texts.slice(-2)).toEqual(['ann49@last.test', '206 555 0100'])
})

test('a word that begins in one part of an address and ends in another is marked from its first letter to its last', () => {
  const contact = sampleContact('1', { emails: [{ address: 'x.a-b.c_d@example.test' }] })
  expect(matchesOf(contact, 'abcde')).toEqual([
    { field: 'email', text: 'x.a-b.c_d@example.test', ranges: [[2, 11]] },
  ])
})
