import { expect, test } from 'vitest'
import { sampleContact } from '../testing/sample-contacts.ts'
import { inDisplayOrder } from './sort-contacts.ts'

const named = (id: string, full: string) => sampleContact(id, { name: { full } })
const ids = (contacts: ReturnType<typeof inDisplayOrder>) => contacts.map(({ id }) => id)

test('names follow the order of the locale: Å comes after Z in Swedish and with A in German', () => {
  const contacts = [named('z', 'Zoe'), named('å', 'Åsa'), named('b', 'Bo')]
  expect(ids(inDisplayOrder(contacts, 'sv'))).toEqual(['b', 'z', 'å'])
  expect(ids(inDisplayOrder(contacts, 'de'))).toEqual(['å', 'b', 'z'])
})

test('names that begin with no letter come after all others, then numbers without a name, then what has nothing to show', () => {
  const nothing = sampleContact('nothing', { name: {} })
  const number = sampleContact('number', { name: {}, phones: [{ value: '+1 206 555 0100', kind: 'work' }] })
  const contacts = [nothing, number, named('9', '9 Lives Ltd'), named('z', 'Zoe'), named('ж', 'Жан')]
  expect(ids(inDisplayOrder(contacts, 'en'))).toEqual(['z', 'ж', '9', 'number', 'nothing'])
})

test('a Japanese name goes by its reading', () => {
  const read = (id: string, full: string, phoneticFamily: string) =>
    sampleContact(id, { name: { full, phoneticFamily } })
  const contacts = [read('y', '山田', 'やまだ'), read('a', '渡辺', 'あべ')]
  expect(ids(inDisplayOrder(contacts, 'ja'))).toEqual(['a', 'y'])
})

test('equal names keep one order, whatever order they come in', () => {
  const twins = [named('b', 'Ann'), named('a', 'Ann')]
  expect(ids(inDisplayOrder(twins, 'en'))).toEqual(['a', 'b'])
  expect(ids(inDisplayOrder(twins.toReversed(), 'en'))).toEqual(['a', 'b'])
})

test('what has neither name nor number comes after numbers, and both go by the key where they are equal', () => {
  const number = (id: string) =>
    sampleContact(id, { name: {}, phones: [{ value: '+1 206 555 0100', kind: 'work' }] })
  const nothing = (id: string) => sampleContact(id, { name: {} })
  const contacts = [nothing('a'), number('b'), nothing('c'), number('d')]
  expect(ids(inDisplayOrder(contacts, 'en'))).toEqual(['b', 'd', 'a', 'c'])
  expect(ids(inDisplayOrder(contacts.toReversed(), 'en'))).toEqual(['b', 'd', 'a', 'c'])
})

test('case and punctuation do not count, and numbers in names go by their value', () => {
  const contacts = [
    named('10', '10 Lives'),
    named('9', '9 Lives'),
    named('b', 'bo'),
    named('c', 'Bo'),
    named('a', '-Bo-'),
  ]
  expect(ids(inDisplayOrder(contacts, 'en'))).toEqual(['a', 'b', 'c', '9', '10'])
})
