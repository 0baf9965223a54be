import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sampleContact } from '../testing/sample-contacts.ts'
import { displayName, inDisplayOrder, inDisplayOrderBySlices } from './sort-contacts.ts'

const named = (id: string, full: string) => sampleContact(id, { name: { full } })
const ids = (contacts: ReturnType<typeof inDisplayOrder>) => contacts.map(({ id }) => id)

test('names follow the order of the locale: Å comes after Z in Swedish and with A in German', () => {
  const contacts = [named('z', 'Zoe'), named('å', 'Åsa'), named('b', 'Bo')]
  expect(ids(inDisplayOrder(contacts, 'sv'))).toEqual(['b', 'z', 'å'])
  expect(ids(inDisplayOrder(contacts, 'de'))).toEqual(['å', 'b', 'z'])
})

test('numbers without a name come after all names, and what has nothing to show comes last', () => {
  const nothing = sampleContact('nothing', { name: {} })
  const number = sampleContact('number', { name: {}, phones: [{ value: '+1 206 555 0100', kind: 'work' }] })
  expect(ids(inDisplayOrder([nothing, number, named('z', 'Zoe'), named('9', '9 Lives Ltd')], 'en'))).toEqual([
    '9',
    'z',
    'number',
    'nothing',
  ])
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

test('a contact without a name is called by what else it has', () => {
  const email = { address: 'ann@example.test' }
  expect(displayName(sampleContact('x', { name: { given: 'Ann', family: 'Lee' } }))).toBe('Ann Lee')
  expect(
    displayName(sampleContact('x', { name: {}, organization: { name: 'Lee Ltd' }, emails: [email] })),
  ).toBe('Lee Ltd')
  expect(displayName(sampleContact('x', { name: {}, emails: [email] }))).toBe('ann@example.test')
  expect(displayName(sampleContact('x', { name: {} }))).toBe('')
})

test('sorting by slices gives the same order as sorting at once, and lets other work go on between them', async () => {
  const names = fc.constantFrom('', 'Ann', 'ann', 'Åsa', 'Zoe', '9 Lives', '10 Lives', '山田', 'Ümit', '-Bo-')
  const contact = fc.record({ name: names, number: fc.boolean() })
  await fc.assert(
    fc.asyncProperty(
      fc.array(contact, { minLength: 1_500, maxLength: 3_500, size: 'max' }),
      fc.constantFrom('en', 'sv', 'ja'),
      async (drawn, locale) => {
        const contacts = drawn.map(({ name, number }, index) =>
          sampleContact(`${(index * 7919) % drawn.length}`, {
            name: name === '' ? {} : { full: name },
            phones: number ? [{ value: '+1 206 555 0100', kind: 'work' }] : [],
          }),
        )
        let turns = 0
        const sliced = await inDisplayOrderBySlices(contacts, locale, async () => {
          turns++
        })
        expect(ids(sliced)).toEqual(ids(inDisplayOrder(contacts, locale)))
        expect(turns).toBeGreaterThan(1)
      },
    ),
    { numRuns: 10 },
  )
})
