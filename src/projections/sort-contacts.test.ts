import { expect, test } from 'vitest'
import { sampleContact } from '../testing/sample-contacts.ts'
import { displayName } from './display-name.ts'
import { inDisplayOrder } from './sort-contacts.ts'

const named = (id: string, full: string) => sampleContact(id, { name: { full } })
const ids = (contacts: ReturnType<typeof inDisplayOrder>) => contacts.map(({ id }) => id)

test('names follow the order of the locale: Å comes after Z in Swedish and with A in German', () => {
  const contacts = [named('z', 'Zoe'), named('å', 'Åsa'), named('b', 'Bo')]
  expect(ids(inDisplayOrder(contacts, 'sv'))).toEqual(['b', 'z', 'å'])
  expect(ids(inDisplayOrder(contacts, 'de'))).toEqual(['å', 'b', 'z'])
})

test('contacts with only a number come after all names, and those with nothing to show come last', () => {
  const nothing = sampleContact('nothing', { name: {} })
  const number = sampleContact('number', { name: {}, phones: [{ value: '+1 206 555 0100', kind: 'work' }] })
  expect(ids(inDisplayOrder([nothing, number, named('z', 'Zoe'), named('9', '9 Lives Ltd')], 'en'))).toEqual([
    '9',
    'z',
    'number',
    'nothing',
  ])
})

test('a Japanese name is sorted by its reading', () => {
  const read = (id: string, full: string, phoneticFamily: string) =>
    sampleContact(id, { name: { full, phoneticFamily } })
  const contacts = [read('y', '山田', 'やまだ'), read('a', '渡辺', 'あべ')]
  expect(ids(inDisplayOrder(contacts, 'ja'))).toEqual(['a', 'y'])
})

test('equal names have one fixed order, in whatever order they arrive', () => {
  const twins = [named('b', 'Ann'), named('a', 'Ann')]
  expect(ids(inDisplayOrder(twins, 'en'))).toEqual(['a', 'b'])
  expect(ids(inDisplayOrder(twins.toReversed(), 'en'))).toEqual(['a', 'b'])
})

test('a contact without a name is sorted by what is shown instead', () => {
  const email = { address: 'ann@example.test' }
  expect(displayName(sampleContact('x', { name: { given: 'Ann', family: 'Lee' } }))).toBe('Ann Lee')
  expect(
    displayName(sampleContact('x', { name: {}, organization: { name: 'Lee Ltd' }, emails: [email] })),
  ).toBe('Lee Ltd')
  expect(displayName(sampleContact('x', { name: {}, emails: [email] }))).toBe('ann@example.test')
  expect(displayName(sampleContact('x', { name: {} }))).toBe('')
})

test('contacts with neither name nor number come after numbers, and equal ones are ordered by id', () => {
  const number = (id: string) =>
    sampleContact(id, { name: {}, phones: [{ value: '+1 206 555 0100', kind: 'work' }] })
  const nothing = (id: string) => sampleContact(id, { name: {} })
  const contacts = [nothing('a'), number('b'), nothing('c'), number('d')]
  expect(ids(inDisplayOrder(contacts, 'en'))).toEqual(['b', 'd', 'a', 'c'])
  expect(ids(inDisplayOrder(contacts.toReversed(), 'en'))).toEqual(['b', 'd', 'a', 'c'])
})

test('case and punctuation are ignored, and numbers in names are sorted by value', () => {
  const contacts = [
    named('10', '10 Lives'),
    named('9', '9 Lives'),
    named('b', 'bo'),
    named('c', 'Bo'),
    named('a', '-Bo-'),
  ]
  expect(ids(inDisplayOrder(contacts, 'en'))).toEqual(['9', '10', 'a', 'b', 'c'])
})

test('a name of several parts has no gap if one is missing', () => {
  expect(displayName(sampleContact('x', { name: { given: 'Ann', middle: 'B.', family: 'Lee' } }))).toBe(
    'Ann B. Lee',
  )
  expect(displayName(sampleContact('x', { name: { family: 'Lee' } }))).toBe('Lee')
  expect(
    displayName(sampleContact('x', { name: {}, nickname: 'Annie', organization: { name: 'Lee Ltd' } })),
  ).toBe('Annie')
  const phones = [{ value: '+1 206 555 0100', kind: 'work' }] as const
  expect(displayName(sampleContact('x', { name: {}, phones }))).toBe('+1 206 555 0100')
})
