import { expect, test } from 'vitest'
import { messages } from '../../../messages.ts'
import { sampleContact } from '../../../testing/sample-contacts.ts'
import { cardGroups, fieldName, webAddress } from './card-fields.ts'
import { outlookAddress } from './outlook-address.ts'

const texts = messages('en')

const whole = sampleContact('a', {
  name: {
    ...{
      full: 'Full',
      given: 'Given',
      middle: 'Middle',
      family: 'Family',
      prefix: 'Prefix',
      suffix: 'Suffix',
    },
    ...{ initials: 'Initials', phoneticGiven: 'Phon1', phoneticFamily: 'Phon2', fileAs: 'FileAs' },
  },
  nickname: 'Nickname',
  organization: {
    ...{ name: 'Org', phoneticName: 'PhonOrg', department: 'Department', title: 'Title', office: 'Office' },
    ...{ profession: 'Profession', manager: 'Manager', assistant: 'Assistant' },
  },
  phones: [{ value: '111', kind: 'fax' }],
  emails: [{ address: 'a@example.test', name: 'MailName' }],
  addresses: [
    { kind: 'home', street: 'Street', city: 'City', region: 'Region', postalCode: 'Code', country: 'Land' },
  ],
  ims: ['sip:im@example.test'],
  birthday: { month: 4, day: 12 },
  anniversary: { year: 2012, month: 6, day: 2 },
  spouse: 'Spouse',
  children: ['Child1', 'Child2'],
  note: 'Note1\nNote2',
  categories: ['Cat1', 'Cat2'],
  url: 'https://work.test',
  personalUrl: 'https://home.test',
  created: '2019-03-01T10:00:00Z',
  modified: '2020-03-01T10:00:00Z',
  folder: 'f',
})

const textsOf = (values: object = {}): readonly string[] => Object.values(values).map(String)

test('the card shows every value of a contact', () => {
  const shown = cardGroups(whole, texts, [{ id: 'f', name: 'Friends' }])
    .flatMap(({ values }) => values.map(({ text }) => text))
    .join('\n')
  const values = [
    ...textsOf(whole.name).filter((text) => text !== 'Full'),
    ...textsOf(whole.organization),
    ...[
      '111',
      'a@example.test',
      'MailName',
      'Street\nCode City\nRegion\nLand',
      'sip:im@example.test',
      '12 April',
    ],
    ...[
      '2 June 2012',
      'Spouse',
      'Child1, Child2',
      'Note1\nNote2',
      'Cat1, Cat2',
      'https://work.test',
      'Nickname',
    ],
    ...['https://home.test', '2019', '2020', 'Friends'],
  ]
  const british = messages('en-GB')
  const inBritish = cardGroups(whole, british, [{ id: 'f', name: 'Friends' }])
    .flatMap(({ values }) => values.map(({ text }) => text))
    .join('\n')
  for (const value of values) expect(inBritish).toContain(value)
  expect(shown).toContain('April 12')
})

test('a contact with nothing has no empty groups', () => {
  expect(cardGroups(sampleContact('b', { modified: '' }), texts, [])).toEqual([])
})

test('an internal name of Exchange is no address to write to', () => {
  const [group] = cardGroups(
    sampleContact('c', { emails: [{ address: '/o=Exchange/cn=c', routingType: 'EX' }] }),
    texts,
    [],
  )
  expect(group?.values).toMatchObject([{ label: 'Internal name', kind: 'text' }])
})

test('only addresses of the web are links', () => {
  expect(webAddress('www.example.test/a')).toBe('https://www.example.test/a')
  expect(webAddress('http://example.test')).toBe('http://example.test/')
  for (const text of [
    'javascript:alert(1)',
    'data:text/html,x',
    ' java\nscript:alert(1)',
    'not an address',
    '',
  ])
    expect(webAddress(text), text).toBeNull()
})

test('a field that could not be read has the name that the card gives it', () => {
  expect(fieldName('personalNotes', texts.card)).toBe('Notes')
  expect(fieldName('somethingNew', texts.card)).toBe('somethingNew')
})

test('a personal account is edited in another Outlook than one of an organization', () => {
  const of = (id: string | null) => outlookAddress({ account: { id } })
  expect(of('11111111-2222-3333-4444-555555555555.x')).toBe('https://outlook.office.com/people/')
  expect(of('9188040d-6c67-4c5b-b112-36a304b66dad.x')).toBe('https://outlook.live.com/people/')
  expect(of(null)).toBe('https://outlook.office.com/people/')
})

test('an extension, and the number and the address that the source prefers, are marked', () => {
  const groups = cardGroups(
    sampleContact('a', {
      phones: [
        { value: '1', kind: 'mobile', preferred: true },
        { value: '+1-206-555-0100;ext=12', kind: 'work', preferred: true },
        { value: '(206) 555-0101 x5', kind: 'fax', at: 'work' },
      ],
      emails: [{ address: 'a@example.test', label: 'Office', preferred: true }],
    }),
    texts,
    [],
  )
  const labels = groups.flatMap(({ values }) => values.map(({ label }) => label))
  expect(labels).toEqual([
    ...['Mobile (preferred)', 'Work (ext. 12, preferred)', 'Fax (Work) (ext. 5)', 'Office (preferred)'],
    'Changed',
  ])
})
