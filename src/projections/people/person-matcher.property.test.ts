import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Contact } from '../../domain/contact.ts'
import { sources } from '../../domain/source.ts'
import { sampleContact } from '../../testing/sample-contacts.ts'
import { pairOf, type Identity } from './identities.ts'
import { PersonMatcher } from './person-matcher.ts'

/** Few names, addresses and numbers, so that many contacts have some in common. */
const sketch = fc.record({
  source: fc.constantFrom(...sources),
  given: fc.constantFrom('', 'Ann', 'A', 'Bob'),
  family: fc.constantFrom('', 'Lee', 'Ray'),
  email: fc.constantFrom(null, 'a@x.test', 'b@x.test', 'info@x.test'),
  phone: fc.constantFrom(null, '0171 2345678', '0171 2345679', '4711'),
})

const contacts = fc.array(sketch, { maxLength: 9 }).map((sketches) =>
  sketches.map(({ source, given, family, email, phone }, index) =>
    sampleContact(`c${index}`, {
      key: `c${index}`,
      source,
      name: { ...(given && { given }), ...(family && { family }) },
      emails: email === null ? [] : [{ address: email }],
      phones: phone === null ? [] : [{ value: phone, kind: 'mobile' }],
    }),
  ),
)

const identities = fc
  .uniqueArray(fc.record({ one: fc.nat(8), other: fc.nat(8), isSame: fc.boolean() }), {
    maxLength: 5,
    selector: ({ one, other }) => pairOf(`c${one}`, `c${other}`).join(' '),
  })
  .map((all) =>
    all
      .filter(({ one, other }) => one !== other)
      .map(({ one, other, isSame }): Identity => ({ contacts: pairOf(`c${one}`, `c${other}`), isSame })),
  )

const world = fc
  .record({ contacts, identities })
  .chain(({ contacts: all, identities: said }) =>
    fc.record({ all: fc.constant(all), said: fc.constant(said), shuffled: shuffled(all) }),
  )

const shuffled = (all: readonly Contact[]): fc.Arbitrary<readonly Contact[]> =>
  fc.shuffledSubarray([...all], { minLength: all.length, maxLength: all.length })

const peopleOf = (all: readonly Contact[], said: readonly Identity[]) =>
  new PersonMatcher({ country: 'DE' }).match(all, said, () => Promise.resolve())

const groupsOf = async (all: readonly Contact[], said: readonly Identity[]) => {
  const { contacts: shown, together, possible } = await peopleOf(all, said)
  const groups = shown.map(({ key }) => (together.get(key) ?? [{ key }]).map((each) => each.key).join(' '))
  const pairs = possible.map(({ contacts: [one, other], reasons }) =>
    [one.key, other.key, ...reasons].join(' '),
  )
  return { groups: groups.toSorted(), pairs: pairs.toSorted() }
}

test('the order in which contacts were imported makes no difference', async () => {
  await fc.assert(
    fc.asyncProperty(world, async ({ all, said, shuffled: other }) => {
      expect(await groupsOf(other, said)).toEqual(await groupsOf(all, said))
    }),
  )
})

test('each contact belongs to exactly one person, and none is lost', async () => {
  await fc.assert(
    fc.asyncProperty(world, async ({ all, said }) => {
      const { groups } = await groupsOf(all, said)
      expect(groups.flatMap((group) => group.split(' ')).toSorted()).toEqual(
        all.map(({ key }) => key).toSorted(),
      )
    }),
  )
})

test('without a decision, a person has one contact of a source at most, and none of them is suggested again', async () => {
  await fc.assert(
    fc.asyncProperty(contacts, async (all) => {
      const { together, possible } = await peopleOf(all, [])
      for (const group of together.values())
        expect(new Set(group.map(({ source }) => source)).size).toBe(group.length)
      for (const {
        contacts: [one, other],
      } of possible)
        expect(together.get(one.key)?.includes(other) ?? false).toBe(false)
    }),
  )
})

test('contacts that the person keeps apart are never shown as one', async () => {
  await fc.assert(
    fc.asyncProperty(world, async ({ all, said }) => {
      const { together } = await peopleOf(all, said)
      for (const {
        contacts: [one, other],
        isSame,
      } of said)
        if (!isSame) expect(together.get(one)?.some(({ key }) => key === other) ?? false).toBe(false)
    }),
  )
})
