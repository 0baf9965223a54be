import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Contact } from '../../domain/contact.ts'
import { sampleContact } from '../../testing/sample-contacts.ts'
import { Buckets } from './buckets.ts'
import { dial } from './dial.ts'
import { PhoneIndex } from './phone-index.ts'

const settings = { country: 'US', outsideLine: '9', extensionLengths: [3] }

const national = fc.integer({ min: 2_000_000_000, max: 9_999_999_999 })
const e164 = fc.oneof(
  national.map((number) => `+1${number}`),
  fc.integer({ min: 30_000_000, max: 89_999_999 }).map((number) => `+4930${number}`),
  fc.integer({ min: 10_000_000, max: 99_999_999 }).map((number) => `+45${number}`),
)
/** From few values, so that contacts share numbers and endings of them. */
const clashing = fc.constantFrom(
  ...['+12065550100', '2065550100', '5550100', '4255550100', '+1 425 555 0100 x123', '2065550100,,123#'],
  ...['912065550100', '102', '123', '911', '*97', '03012345678', '+493012345678', 'sip:102@example.test'],
  ...['sip:+12065550100@example.test', 'sip:a@example.test', 'a', 'anonymous', '', 'notes'],
)
const odd = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...Array.from('0159+*#,;x@:<>%() /A٣\u202e\ud800\0')) }),
)

const contacts = (value: fc.Arbitrary<string>): fc.Arbitrary<readonly Contact[]> =>
  fc
    .array(fc.record({ phones: fc.array(value, { maxLength: 4 }), ims: fc.array(value, { maxLength: 2 }) }), {
      maxLength: 8,
    })
    .map((all) =>
      all.map(({ phones, ims }, place) =>
        sampleContact(`${place}`, { ims, phones: phones.map((value) => ({ value, kind: 'home' })) }),
      ),
    )

const indexOf = (all: readonly Contact[]): PhoneIndex => {
  const index = new PhoneIndex(settings)
  all.forEach((contact) => index.add(contact))
  return index
}

const asked = (index: PhoneIndex, numbers: readonly string[]) => numbers.map((number) => index.whois(number))

test('a number that is stored in E.164 finds its contact', () => {
  fc.assert(
    fc.property(fc.array(e164, { minLength: 1, maxLength: 20 }), (numbers) => {
      const all = numbers.map((value, place) =>
        sampleContact(`${place}`, { phones: [{ value, kind: 'home' }] }),
      )
      const index = indexOf(all)
      numbers.forEach((number, place) => {
        const same = numbers.flatMap((other, at) => (other === number ? [`key-of-${at}`] : [])).sort()
        const callers = index.whois(number)
        expect(callers.map(({ key }) => key)).toEqual(same)
        expect(callers.find(({ key }) => key === `key-of-${place}`)?.certainty).toBe('certain')
      })
    }),
  )
})

test('the order in which contacts are added does not matter', () => {
  const shuffled = contacts(clashing).chain((all) =>
    fc.tuple(
      fc.constant(all),
      fc.shuffledSubarray([...all], { minLength: all.length, maxLength: all.length }),
    ),
  )
  fc.assert(
    fc.property(shuffled, fc.array(clashing, { minLength: 5 }), ([all, others], numbers) => {
      expect(asked(indexOf(others), numbers)).toEqual(asked(indexOf(all), numbers))
    }),
  )
})

test('an index from which contacts were removed is one in which they never were', () => {
  fc.assert(
    fc.property(
      contacts(clashing).chain((all) => fc.tuple(fc.constant(all), fc.subarray([...all]))),
      fc.array(clashing, { minLength: 5 }),
      ([all, removed], numbers) => {
        const index = indexOf(all)
        removed.forEach(({ key }) => index.remove(key))
        const left = indexOf(all.filter((contact) => !removed.includes(contact)))
        expect(asked(index, numbers)).toEqual(asked(left, numbers))
      },
    ),
  )
})

test('buckets are empty again when their values are gone', () => {
  const entry = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 5 }))
  fc.assert(
    fc.property(fc.array(entry), (added) => {
      const values = Array.from({ length: 6 }, (_, id) => ({ id }))
      const buckets = new Buckets<number, { id: number }>()
      const idsAt = (key: number) => new Set([...buckets.get(key)].map(({ id }) => id))
      for (const [key, id] of added) buckets.add(key, values[id]!)
      for (const [place, [key, id]] of added.entries()) {
        expect(idsAt(key).has(id)).toBe(!added.slice(0, place).some(([k, i]) => k === key && i === id))
        buckets.delete(key, values[id]!)
        expect(idsAt(key).has(id)).toBe(false)
      }
      expect(buckets.size).toBe(0)
    }),
  )
})

test('nothing that a contact or a caller holds throws', () => {
  fc.assert(
    fc.property(contacts(odd), odd, (all, number) => {
      const index = indexOf(all)
      for (const text of [
        number,
        ...all.flatMap(({ phones, ims }) => [...phones.map(({ value }) => value), ...ims]),
      ])
        for (const { key } of index.whois(text)) expect(all.map((contact) => contact.key)).toContain(key)
      for (const { key } of all) index.remove(key)
      expect(index.whois(number)).toEqual([])
    }),
  )
})

test.each(['1', ' ', ',', '+', '(', 'x', '<', '@', ';ext=', '1-', 'A', '/1', '\u202e', '\ud800', 'ﷺ', '1 x'])(
  'huge texts are no numbers: %j',
  (unit) => {
    for (const length of [250, 400, 500, 100_000]) {
      const text = unit.repeat(length).slice(0, length)
      for (const number of [text, `1${text}`, `${text}1`, `+1${text}x1`, `sip:${text}@example.test`]) {
        const index = indexOf([
          sampleContact('a', { phones: [{ value: number, kind: 'work' }], ims: [number] }),
        ])
        expect(index.whois(number).length).toBeLessThanOrEqual(1)
        expect(dial(number, settings).text.length).toBeLessThanOrEqual(520)
      }
    }
  },
)

test('of a contact with very many numbers the first hundred count', () => {
  const phones = Array.from(
    { length: 50_000 },
    (_, n) => ({ value: `+1206${5_550_000 + n}`, kind: 'work' }) as const,
  )
  const ims = phones.map(({ value }) => `sip:${value}1@example.test`)
  const index = indexOf([sampleContact('a', { phones, ims })])
  expect(index.whois('+12065550099')).toHaveLength(1)
  expect(index.whois('+12065550100')).toHaveLength(0)
  expect(index.whois('sip:+120655500991@example.test')).toHaveLength(1)
  expect(index.whois('sip:+120655501001@example.test')).toHaveLength(0)
})
