import { expect, test } from 'vitest'
import type { Contact } from '../../domain/contact.ts'
import { sampleContact } from '../../testing/sample-contacts.ts'
import { partedPair } from './part-contacts.ts'

const [one, two, three] = ['m1', 'm2', 'm3'].map((key) => sampleContact(key)) as [Contact, Contact, Contact]
const [google, another] = ['g1', 'g2'].map((key) => sampleContact(key, { source: 'google' })) as [
  Contact,
  Contact,
]

const same = (...contacts: readonly [Contact, Contact]) => ({ contacts, isSame: true })
const pairOf = (contacts: readonly Contact[], other: Contact, ...decisions: ReturnType<typeof same>[]) =>
  partedPair({ contacts, decisions }, other)?.map(({ key }) => key) ?? null

test('a contact of another source is told apart from the first one', () => {
  expect(pairOf([one, google], google)).toEqual([one.key, google.key])
})

test('a contact of the same source is told apart from the one that joins both', () => {
  expect(pairOf([one, two, google], two)).toEqual([google.key, two.key])
})

test('of several that may join both, the one stays that the person joined with the first', () => {
  const decisions = [same(two, another), same(google, two), same(another, one)]
  expect(pairOf([one, two, google, another], two, ...decisions)).toEqual([another.key, two.key])
})

test('the first contact, and one that nothing joins, is told apart from none', () => {
  expect(pairOf([one, google], one)).toBeNull()
  expect(pairOf([one, three], three)).toBeNull()
  expect(pairOf([], one)).toBeNull()
})
