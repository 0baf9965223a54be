import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sampleContact } from '../testing/sample-contacts.ts'
import { byRecency, withinLimit, withinLimitById } from './limit.ts'

const contacts = fc.uniqueArray(
  fc.record({
    id: fc.string({ minLength: 1 }),
    modified: fc.option(fc.date({ min: new Date(0), max: new Date('2030-01-01'), noInvalidDate: true })),
  }),
  { selector: ({ id }) => id, maxLength: 40 },
)
const made = (id: string, modified: Date | null) =>
  sampleContact(id, modified ? { modified: modified.toISOString() } : {})

const inAnotherOrder = contacts.chain((list) =>
  fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
)

test('which contacts fit does not depend on the order of arrival', () => {
  fc.assert(
    fc.property(inAnotherOrder, fc.nat(40), ([list, shuffled], limit) => {
      const ids = (all: typeof list) =>
        withinLimit(
          all.map(({ id, modified }) => made(id, modified)),
          limit,
        )
          .map(({ id }) => id)
          .sort()
      expect(ids(shuffled)).toEqual(ids(list))
    }),
  )
})

test('no contact that fits is older than one that does not fit', () => {
  fc.assert(
    fc.property(contacts, fc.nat(40), (list, limit) => {
      const all = list.map(({ id, modified }) => made(id, modified))
      const chosen = withinLimit(all, limit)
      expect(chosen).toHaveLength(Math.min(limit, all.length))
      const left = all.filter((contact) => !chosen.includes(contact))
      for (const outside of left)
        for (const inside of chosen) expect(byRecency(inside, outside)).toBeLessThan(0)
    }),
  )
})

test('among contacts that changed at the same time, those with the smaller ids fit', () => {
  const ids = ['c', 'a', 'd', 'b']
  for (const order of [ids, ids.toReversed()]) {
    const contacts = order.map((id) => sampleContact(id))
    expect(withinLimit(contacts, 2).map(({ id }) => id)).toEqual(['a', 'b'])
  }
  expect(byRecency(sampleContact('a'), sampleContact('a'))).toBe(0)
})

test('contacts without a date are the first that do not fit', () => {
  const undated = { ...sampleContact('a') }
  Reflect.deleteProperty(undated, 'modified')
  expect(withinLimit([undated, sampleContact('b')], 1).map(({ id }) => id)).toEqual(['b'])
  expect(byRecency(undated, sampleContact('b'))).toBeGreaterThan(0)
  expect(byRecency(sampleContact('b'), undated)).toBeLessThan(0)
})

test('if all contacts fit, they keep the order of arrival', () => {
  const contacts = [
    sampleContact('old'),
    sampleContact('new', { modified: '2026-02-01T00:00:00Z' }),
    sampleContact('a'),
  ]
  expect(withinLimit(contacts, 3)).toEqual(contacts)
  expect(withinLimit(contacts, 4)).toEqual(contacts)
})

test('`withinLimitById` selects the same contacts, and does not copy a list that fits', () => {
  const all = ['c', 'a', 'b'].map((id) => sampleContact(id))
  const byId = new Map(all.map((contact) => [contact.id, contact]))
  expect([...withinLimitById(byId, 2)]).toEqual(withinLimit(all, 2).map((contact) => [contact.id, contact]))
  expect(withinLimitById(byId, 3)).toBe(byId)
  expect(withinLimitById(byId)).toBe(byId)
})
