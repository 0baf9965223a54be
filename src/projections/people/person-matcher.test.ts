import { expect, test } from 'vitest'
import type { Contact, Phone } from '../../domain/contact.ts'
import { sampleContact } from '../../testing/sample-contacts.ts'
import { pairOf, type Identity } from './identities.ts'
import { PersonMatcher } from './person-matcher.ts'

interface Sketch {
  readonly name?: string
  readonly email?: string
  readonly phone?: string
  readonly more?: Partial<Contact>
}

const contact =
  (source: Contact['source']) =>
  (key: string, { name, email, phone, more = {} }: Sketch): Contact => {
    const [given, family] = name?.split(' ') ?? []
    return sampleContact(key, {
      key,
      source,
      name: { ...(given && { given }), ...(family && { family }) },
      emails: email === undefined ? [] : [{ address: email }],
      phones: phone === undefined ? [] : [{ value: phone, kind: 'mobile' }],
      ...more,
    })
  }
const microsoft = contact('microsoft365')
const google = contact('google')

const matched = async (contacts: readonly Contact[], identities: readonly Identity[] = []) => {
  const people = await new PersonMatcher({ country: 'DE' }).match(contacts, identities, () =>
    Promise.resolve(),
  )
  return {
    shown: people.contacts.map(({ key }) => key),
    possible: people.possible.map(({ contacts: pair, reasons }) => [
      ...pair.map(({ key }) => key),
      reasons.join(' '),
    ]),
    people,
  }
}

const same = (one: string, other: string): Identity => ({ contacts: pairOf(one, other), isSame: true })
const different = (one: string, other: string): Identity => ({ contacts: pairOf(one, other), isSame: false })

const number = '0171 2345678'
const spelledOtherwise = '+49 (171) 234-5678'

test.each<[what: string, one: Sketch, other: Sketch]>([
  [
    'the full name and a number',
    { name: 'Ann Lee', phone: number },
    { name: 'Lee Ann', phone: spelledOtherwise },
  ],
  [
    'the full name and an address',
    { name: 'Ann Lee', email: 'a@x.test' },
    { name: 'ann lee', email: 'A@X.TEST' },
  ],
  ['an address, and one has no name', { name: 'Ann Lee', email: 'a@x.test' }, { email: 'a@x.test' }],
  ['an address and an initial', { name: 'Ann Lee', email: 'a@x.test' }, { name: 'A Lee', email: 'a@x.test' }],
  [
    'an address and a part of the name',
    { name: 'Ann', email: 'a@x.test' },
    { name: 'Ann Lee', email: 'a@x.test' },
  ],
  ['a name with other marks', { name: 'Zoë Lee', phone: number }, { name: 'Zoe Lee', phone: number }],
])('contacts of two sources are one person by %s', async (_, one, other) => {
  const { shown, possible } = await matched([microsoft('m', one), google('g', other)])
  expect(shown).toEqual(['m'])
  expect(possible).toEqual([])
})

test.each<[what: string, reasons: string | null, one: Sketch, other: Sketch]>([
  ['the name alone', 'name', { name: 'Ann Lee' }, { name: 'Ann Lee' }],
  ['a name of one word', null, { name: 'Ann' }, { name: 'Ann' }],
  ['a number alone', 'phone', { name: 'Ann', phone: number }, { name: 'Ann Lee', phone: number }],
  ['the number of a household', null, { name: 'Ann Lee', phone: number }, { name: 'Bob Lee', phone: number }],
  [
    'an address with another name',
    'email',
    { name: 'Ann Lee', email: 'a@x.test' },
    { name: 'Bob Lee', email: 'a@x.test' },
  ],
  ['the mailbox of a role', null, { name: 'Ann Lee', email: 'info@x.test' }, { email: 'info@x.test' }],
  [
    'father and son',
    'phone',
    { name: 'Ann Lee', phone: number },
    { more: { name: { given: 'Ann', family: 'Lee', suffix: 'Jr' } }, phone: number },
  ],
  [
    'a company',
    null,
    { more: { organization: { name: 'Contoso' } } },
    { more: { organization: { name: 'Contoso' } } },
  ],
  ['internal numbers', 'name', { name: 'Ann Lee', phone: '4711' }, { name: 'Ann Lee', phone: '4711' }],
  [
    'two extensions of one number',
    'name',
    { name: 'Ann Lee', phone: '030 901820 ext. 1' },
    { name: 'Ann Lee', phone: '030 901820 ext. 2' },
  ],
  [
    'the number of the company',
    'name',
    { name: 'Ann Lee', more: { phones: [{ value: number, kind: 'company' } satisfies Phone] } },
    { name: 'Ann Lee', phone: number },
  ],
])('contacts are not joined by %s', async (_, reasons, one, other) => {
  const { shown, possible } = await matched([microsoft('m', one), google('g', other)])
  expect(shown).toEqual(['m', 'g'])
  expect(possible).toEqual(reasons === null ? [] : [['m', 'g', reasons]])
})

test('two contacts of one source are never joined by a rule', async () => {
  const sketch = { name: 'Ann Lee', email: 'a@x.test', phone: number }
  const { shown, possible } = await matched([microsoft('m1', sketch), microsoft('m2', sketch)])
  expect(shown).toEqual(['m1', 'm2'])
  expect(possible).toEqual([])
})

test('if one contact may be two of the other source, none is joined, and both pairs are suggested', async () => {
  const sketch = { name: 'Ann Lee', email: 'a@x.test' }
  const all = [microsoft('m', sketch), google('g1', sketch), google('g2', sketch)]
  const { shown, possible } = await matched(all)
  expect(shown).toEqual(['m', 'g1', 'g2'])
  expect(possible).toEqual([
    ['m', 'g1', 'name email'],
    ['m', 'g2', 'name email'],
  ])
  // The person knows which one it is not.
  expect((await matched(all, [different('m', 'g1')])).shown).toEqual(['m', 'g1'])
})

test('a number on more than two contacts of one source is that of a switchboard', async () => {
  const named = (name: string) => ({ name, phone: number })
  const others = ['Bob Lee', 'Cleo Lee'].map((name, index) => google(`o${index}`, named(name)))
  const pair = [microsoft('m', named('Ann Lee')), google('g', named('Ann Lee'))]
  expect((await matched([...pair, ...others.slice(1)])).shown).toEqual(['m', 'o1'])
  const { shown, possible } = await matched([...pair, ...others])
  expect(shown).toEqual(['m', 'g', 'o0', 'o1'])
  expect(possible).toEqual([['m', 'g', 'name']])
})

test('an address on more than two contacts of one source is not that of one person', async () => {
  const named = (name: string) => ({ name, email: 'us@x.test' })
  const others = ['Bob Ray', 'Cleo Orr'].map((name, index) => google(`o${index}`, named(name)))
  const pair = [microsoft('m', named('Ann Lee')), google('g', named('Ann Lee'))]
  expect((await matched([...pair, ...others.slice(1)])).shown).toEqual(['m', 'o1'])
  const { shown, possible } = await matched([...pair, ...others])
  expect(shown).toEqual(['m', 'g', 'o0', 'o1'])
  expect(possible).toEqual([['m', 'g', 'name']])
})

test('what the person said counts more than every rule', async () => {
  const one = microsoft('m', { name: 'Ann Lee', email: 'a@x.test' })
  const other = google('g', { name: 'Ann Lee', email: 'a@x.test' })
  expect(await matched([one, other], [different('m', 'g')])).toMatchObject({
    shown: ['m', 'g'],
    possible: [],
  })
  const stranger = google('s', { name: 'Bob Ray' })
  expect(await matched([one, stranger], [same('m', 's')])).toMatchObject({ shown: ['m'], possible: [] })
  // Then the rule has no place for another one.
  expect((await matched([one, stranger, other], [same('m', 's')])).shown).toEqual(['m', 'g'])
  // Two of one source, if the person says so.
  const both = [same('m', 's'), same('m', 'g')]
  expect((await matched([one, stranger, other], both)).shown).toEqual(['m'])
})

test('contacts that the person keeps apart are not joined through a third one, where the newer decision counts', async () => {
  const all = [microsoft('m', { name: 'Ann Lee' }), google('g1', {}), google('g2', {}), microsoft('n', {})]
  const chain = [same('m', 'g1'), same('g1', 'n'), different('m', 'n')]
  expect((await matched(all, chain)).shown).toEqual(['m', 'g2', 'n'])
})

test('a person has the values of all contacts, each once, under the key of the preferred one', async () => {
  const one = microsoft('m', {
    name: 'Ann Lee',
    email: 'a@x.test',
    phone: number,
    more: { note: 'Met in Rome', organization: { name: 'Contoso', title: 'CEO' } },
  })
  const other = google('g', {
    name: 'Ann Lee',
    email: 'a@x.test',
    more: {
      phones: [
        { value: spelledOtherwise, kind: 'home' },
        { value: '+1 206 555 0100', kind: 'work' },
      ],
      organization: { name: 'contoso' },
      otherOrganizations: [{ name: 'Fabrikam' }],
      birthday: { month: 2, day: 29 },
      note: 'Likes tea',
    },
  })
  const { people } = await matched([other, one])
  expect(people.contacts).toEqual([
    {
      ...one,
      phones: [
        { value: number, kind: 'mobile' },
        { value: '+1 206 555 0100', kind: 'work' },
      ],
      otherOrganizations: [{ name: 'Fabrikam' }],
      birthday: { month: 2, day: 29 },
      note: 'Met in Rome\n\nLikes tea',
    },
  ])
  expect(people.together.get('g')).toEqual([one, other])
  expect(people.together.get('m')).toEqual([one, other])
})

test('a person stays the same object as long as the contacts do', async () => {
  const matcher = new PersonMatcher({})
  const sketch = { name: 'Ann Lee', email: 'a@x.test' }
  const [one, other] = [microsoft('m', sketch), google('g', sketch)]
  const match = async (contacts: readonly Contact[]) =>
    (await matcher.match(contacts, [], () => Promise.resolve())).contacts[0]
  const first = await match([one, other])
  expect(await match([other, one])).toBe(first)
  expect(await match([one, { ...other, note: 'new' }])).toMatchObject({ key: 'm', note: 'new' })
})
