import { expect, test } from 'vitest'
import type { Contact } from '../domain/contact.ts'
import { sampleContact } from '../testing/sample-contacts.ts'
import { displayName } from './display-name.ts'

const nameOf = (more: Partial<Contact>) => displayName(sampleContact('x', { name: {}, ...more }))

/** All fields that can name a contact, in the order of preference. */
const names: readonly [string, Partial<Contact>][] = [
  ['Ann Lee', { name: { full: 'Ann Lee' } }],
  ['Ann B. Li', { name: { given: 'Ann', middle: 'B.', family: 'Li' } }],
  ['リー アン', { name: { phoneticFamily: 'リー', phoneticGiven: 'アン' } }],
  ['Annie', { nickname: 'Annie' }],
  ['Plumber', { name: { fileAs: 'Plumber' } }],
  ['Lee Ltd', { organization: { name: 'Lee Ltd' } }],
  ['ann@example.test', { emails: [{ address: 'ann@example.test' }] }],
  ['+1 206 555 0100', { phones: [{ value: '+1 206 555 0100', kind: 'fax' }] }],
  ['sip:ann@example.test', { ims: ['sip:ann@example.test'] }],
]

test.each(names)('%s is the displayed name of a contact with nothing else', (name, more) => {
  expect(nameOf(more)).toBe(name)
})

test.each(names.slice(0, -1))('%s takes precedence over everything below it', (name, more) => {
  const below = names.slice(names.findIndex(([known]) => known === name))
  const all = below.map(([, each]) => each).reverse()
  const merged = Object.assign({}, ...all) as Partial<Contact>
  const words = Object.assign({}, ...all.map((each) => each.name ?? {})) as Contact['name']
  expect(nameOf({ ...merged, ...more, name: words })).toBe(name)
})

test('an invisible name does not count as a name', () => {
  for (const full of ['', '  ', '\t\u00a0', '\u200b\u2060', '\u202e\u202c', '\u3164', '\u2800'])
    expect(nameOf({ name: { full, family: 'Lee' }, nickname: full })).toBe('Lee')
})

test('an invisible part leaves no gap, and hides no number', () => {
  expect(nameOf({ name: { given: ' ', middle: '\u200b', family: 'Lee' } })).toBe('Lee')
  const phones = [
    { value: '  ', kind: 'work' },
    { value: '+1', kind: 'home' },
  ] as const
  expect(nameOf({ phones })).toBe('+1')
  const emails = [{ address: '\u200b', name: ' ' }, { address: 'ann@example.test' }, { name: 'Ann' }]
  expect(nameOf({ emails })).toBe('ann@example.test')
  expect(nameOf({ emails: emails.filter(({ address }) => address !== 'ann@example.test') })).toBe('Ann')
  expect(nameOf({ phones: phones.slice(0, 1), ims: [' ', 'sip:ann'] })).toBe('sip:ann')
})

test('an Exchange name is not shown as a name, but the name beside it is', () => {
  const internal = { address: '/o=ExchangeLabs/cn=ann', routingType: 'EX' } as const
  expect(nameOf({ emails: [internal] })).toBe('')
  expect(nameOf({ emails: [internal, { address: 'ann@example.test' }] })).toBe('ann@example.test')
  expect(nameOf({ emails: [{ ...internal, name: 'Ann Lee' }] })).toBe('Ann Lee')
  expect(nameOf({ emails: [{ name: 'Test Test' }] })).toBe('Test Test')
})

test('parts are put together in the order of the setting, and the whole name of the source stays', () => {
  const name = { given: 'Ann', middle: 'B.', family: 'Lee' }
  const contact = sampleContact('x', { name })
  expect(displayName(contact)).toBe('Ann B. Lee')
  expect(displayName(contact, 'given-first')).toBe('Ann B. Lee')
  expect(displayName(contact, 'family-first')).toBe('Lee Ann B.')
  expect(displayName(sampleContact('x', { name: { family: 'Lee' } }), 'family-first')).toBe('Lee')
  const whole = sampleContact('x', { name: { ...name, full: 'Ms Lee' } })
  expect(displayName(whole, 'family-first')).toBe('Ms Lee')
})

test.each([
  ['山田', '花子', '山田花子'],
  ['佐々木', 'エミ', '佐々木エミ'],
  ['きむら', 'さくら', 'きむらさくら'],
  ['김', '철수', '김철수'],
  ['王', '伟', '王伟'],
  ['リー', 'アン', 'アン リー'],
  ['王', 'Ann', 'Ann 王'],
])(
  '%s, %s is written %s: in East Asia without a space, and the family first in either setting',
  (family, given, written) => {
    const contact = sampleContact('x', { name: { family, given } })
    expect(displayName(contact, 'given-first')).toBe(written)
    expect(displayName(contact, 'family-first')).toBe(
      written.includes(' ') ? written.split(' ').toReversed().join(' ') : written,
    )
  },
)
