import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readItem } from '../graph/graph-item.ts'
import { contactFields, extendedField } from './contact-fields.ts'
import { mapContact } from './map-contact.ts'

const map = (item: unknown) => mapContact(readItem(item))
const contactOf = (item: unknown) => {
  const mapped = map(item)
  if (!('contact' in mapped)) throw new Error(`skipped: ${JSON.stringify(mapped.skipped)}`)
  return mapped.contact
}
const bare = {
  source: 'microsoft365',
  name: {},
  phones: [],
  emails: [],
  addresses: [],
  ims: [],
  categories: [],
}

test('a recorded contact is mapped in full, as spelled in the mailbox', () => {
  const url = new URL('../../../../test/payloads/graph/contact-complete.json', import.meta.url)
  expect(contactOf(JSON.parse(readFileSync(url, 'utf8')))).toEqual({
    ...bare,
    id: 'AAMkAGI2THk0AAA=',
    folder: 'AAMkAGI2AAEOAAA=',
    version: 'EQAAABYAAACd9nJ/tVysQos2hTfspaWRAAADTIa4',
    modified: '2014-10-19T23:08:24.000Z',
    created: '2014-10-19T23:08:24.000Z',
    name: { full: 'Ada Byron', given: 'Ada', family: 'Byron', initials: 'A.B.' },
    nickname: 'Ada',
    organization: {
      name: 'Contoso, Inc.',
      department: 'Sales & Marketing',
      title: 'Analyst',
      office: '20/1101',
    },
    phones: [{ kind: 'work', value: '+1 918 555 0101' }],
    emails: [
      { address: 'ada@contoso.example', name: 'Ada' },
      { address: 'ada@work.example' },
      { address: 'ada@home.example' },
      { name: 'A name alone' },
    ],
    addresses: [
      {
        kind: 'work',
        street: '10 Contoso Way',
        city: 'Redmond',
        region: 'WA',
        postalCode: '98075',
        country: 'USA',
      },
      { kind: 'other', city: 'Seattle' },
    ],
    ims: ['sip:ada@contoso.example'],
    birthday: { year: 1815, month: 12, day: 10 },
    url: 'https://www.contoso.example',
  })
})

test('every other field is mapped', () => {
  const item = {
    id: '1',
    middleName: 'M',
    title: 'Dr.',
    generation: 'Jr.',
    yomiGivenName: 'ヨミ',
    yomiSurname: 'セイ',
    fileAs: 'F, A',
    yomiCompanyName: 'カイシャ',
    profession: 'P',
    manager: 'Boss',
    assistantName: 'Aide',
    initials: 'A.F.',
    spouseName: 'Spouse',
    children: ['One', 'Two'],
    createdDateTime: '2020-01-02T03:04:05Z',
    homePhones: ['2', '3'],
    mobilePhone: '4',
    homeAddress: { street: 'Home 1' },
    categories: ['Blue', 'Family'],
    personalNotes: 'a\r\nb',
  }
  expect(contactOf(item)).toEqual({
    ...bare,
    id: '1',
    name: {
      middle: 'M',
      prefix: 'Dr.',
      suffix: 'Jr.',
      phoneticGiven: 'ヨミ',
      phoneticFamily: 'セイ',
      fileAs: 'F, A',
      initials: 'A.F.',
    },
    organization: { phoneticName: 'カイシャ', profession: 'P', manager: 'Boss', assistant: 'Aide' },
    spouse: 'Spouse',
    children: ['One', 'Two'],
    created: '2020-01-02T03:04:05.000Z',
    phones: [
      { kind: 'home', value: '2' },
      { kind: 'home', value: '3' },
      { kind: 'mobile', value: '4' },
    ],
    addresses: [{ kind: 'home', street: 'Home 1' }],
    categories: ['Blue', 'Family'],
    note: 'a\r\nb',
  })
})

test.each([null, '', {}, [], undefined])('%j in every field means unset', (unset) => {
  const item = Object.fromEntries(contactFields.map((field) => [field, unset]))
  expect(contactOf({ ...item, id: '1' })).toEqual({ ...bare, id: '1' })
  const lists = {
    emailAddresses: [unset],
    businessPhones: [unset],
    imAddresses: [unset],
    categories: [unset],
  }
  expect(contactOf({ id: '1', ...lists, homeAddress: { city: unset } })).toEqual({ ...bare, id: '1' })
})

test('exactly the fields that are asked for are read', () => {
  const read = new Set<string | symbol>()
  const get = (target: object, key: string | symbol): unknown => {
    read.add(key)
    return Reflect.get(target, key)
  }
  const item = new Proxy({ id: '1' }, { get })
  map(item)
  // An error in place of a contact says so in `error`; the expanded properties are there if they were requested.
  expect([...read].sort()).toEqual([...contactFields, extendedField, 'error'].sort())
})

test.each([
  'lone \ud800 surrogate',
  'nul \u0000 bell \u0007 escape \u001b[31m',
  'مرحبا \u202e evil',
  '👩‍👩‍👧‍👦 e\u0301 ﬁ',
  '__proto__',
  'x'.repeat(3_000_000),
])('text passes unchanged (case %#)', (text) => {
  const item = { id: '1', displayName: text, mobilePhone: text, emailAddresses: [{ address: text }] }
  const contact = contactOf(item)
  expect(contact.name.full === text).toBe(true)
  expect(contact.phones[0]?.value === text).toBe(true)
  expect(contact.emails[0]?.address === text).toBe(true)
})

test.each([
  [null, { reason: 'not-an-object' }],
  ['contact', { reason: 'not-an-object' }],
  [[{ id: '1' }], { reason: 'not-an-object' }],
  [{}, { reason: 'no-id' }],
  [{ id: 5, displayName: 'x' }, { reason: 'no-id' }],
  [{ id: '' }, { reason: 'no-id' }],
  [{ id: '..' }, { reason: 'unusable-id' }],
  [{ id: 'Ada \ud800', displayName: 'x' }, { reason: 'unusable-id' }],
  [{ error: { code: 'ErrorInvalidIdMalformed', message: 'Id is malformed.' } }, { reason: 'error-in-place' }],
])('%j is skipped, and why is said without its values', (item, skipped) => {
  expect(map(item)).toEqual({ skipped })
})

const odd = [
  ['displayName', 5],
  ['businessPhones', '123'],
  ['homePhones', [1]],
  ['emailAddresses', ['a@b']],
  ['emailAddresses', [{ address: 1 }]],
  ['homeAddress', { city: ['x'] }],
  ['otherAddress', 'x'],
  ['birthday', 'tomorrow'],
  ['lastModifiedDateTime', '5'],
  ['createdDateTime', '5'],
  ['categories', false],
  ['children', [{ name: 'x' }]],
] as const

test.each(odd)('a malformed %s loses the field, not the contact: %j', (field, value) => {
  expect(contactOf({ id: '1', [field]: value })).toEqual({
    ...bare,
    id: '1',
    incomplete: [{ field, reason: 'malformed' }],
  })
})

test('a date that stands for none is unset and not malformed', () => {
  const none = '0001-01-01T00:00:00Z'
  const item = {
    id: '1',
    birthday: '4501-01-01T00:00:00Z',
    createdDateTime: none,
    lastModifiedDateTime: none,
  }
  expect(contactOf(item)).toEqual({ ...bare, id: '1' })
})

test('several malformed fields are all named, each once, and without their values', () => {
  const item: Readonly<Record<string, unknown>> = Object.fromEntries<unknown>(odd)
  const { incomplete = [], ...contact } = contactOf({
    ...item,
    id: '1',
    surname: 'Byron',
    homePhones: [1, 2],
  })
  expect(contact).toEqual({ ...bare, id: '1', name: { family: 'Byron' } })
  expect(incomplete.map(({ field }) => field).sort()).toEqual(Object.keys(item).sort())
})

test('a malformed value in a list or an object loses only that value', () => {
  const item = {
    id: '1',
    businessPhones: ['+1', 42, '+2'],
    emailAddresses: [{ address: 'a@b.example', name: 7 }, null, 5, { address: 'c@d.example' }],
    homeAddress: { city: 'Oslo', street: {}, postalCode: 150 },
  }
  expect(contactOf(item)).toEqual({
    ...bare,
    id: '1',
    phones: [
      { kind: 'work', value: '+1' },
      { kind: 'work', value: '+2' },
    ],
    emails: [{ address: 'a@b.example' }, { address: 'c@d.example' }],
    addresses: [{ kind: 'home', city: 'Oslo' }],
    incomplete: ['businessPhones', 'emailAddresses', 'homeAddress'].map((field) => ({
      field,
      reason: 'malformed',
    })),
  })
})

test('a note that could only be read in part is kept and marked', () => {
  const item = readItem({ id: '1', personalNotes: 'The beginning' })
  expect(mapContact({ ...item, isNoteCut: true })).toEqual({
    contact: {
      ...bare,
      id: '1',
      note: 'The beginning',
      incomplete: [{ field: 'personalNotes', reason: 'cut' }],
    },
  })
})

test('labels that Outlook makes from the name of the contact are dropped; others are kept', () => {
  const emailAddresses = ['Ann Lee', 'Lee, Ann', 'Sales Desk'].map((name, index) => ({
    name: `${name} (${index}@acme.example)`,
    address: `${index}@acme.example`,
  }))
  const item = { id: '1', givenName: 'Ann', surname: 'Lee', fileAs: 'Lee, Ann', emailAddresses }
  expect(contactOf(item).emails).toEqual([
    { address: '0@acme.example' },
    { address: '1@acme.example' },
    { address: '2@acme.example', name: 'Sales Desk' },
  ])
})

test('times of every spelling compare as text', () => {
  const times = ['2026-01-02T03:04:05Z', '2026-01-02T03:04:05.5Z', '2026-01-02T05:04:06.1234567+02:00']
  const modified = times.map(
    (lastModifiedDateTime) => contactOf({ id: '1', lastModifiedDateTime }).modified ?? '',
  )
  expect(modified).toEqual([...modified].sort())
  expect(modified[2]).toBe('2026-01-02T03:04:06.123Z')
})

test('any JSON gives a contact or a reason, and the result is JSON itself', () => {
  const field = fc.constantFrom(...contactFields, 'error', '__proto__', 'constructor')
  const item = fc.dictionary(field, fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' })), { maxKeys: 8 })
  const identified = item.map((fields) => ({ ...fields, id: 'x' }))
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), item, identified), (value) => {
      const mapped = map(value)
      expect(JSON.parse(JSON.stringify(mapped))).toStrictEqual(mapped)
      if ('contact' in mapped) expect(mapped.contact.id).toBe((value as { id: string }).id)
      else expect(mapped.skipped.reason).toBeTruthy()
    }),
    { numRuns: 500 },
  )
})

test('10,000 contacts are mapped in a fraction of the time of one request', () => {
  const url = new URL('../../../../test/payloads/graph/contact-complete.json', import.meta.url)
  const item: unknown = JSON.parse(readFileSync(url, 'utf8'))
  for (let run = 0; run < 1_000; run++) map(item)
  const started = process.cpuUsage()
  for (let run = 0; run < 10_000; run++) map(item)
  // About 50 ms on an ordinary machine. CPU time of this process, because others may keep the machine busy.
  expect(process.cpuUsage(started).user / 1_000).toBeLessThan(1_000)
})
