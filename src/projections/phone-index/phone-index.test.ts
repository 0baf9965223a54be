import { describe, expect, test } from 'vitest'
import type { Contact } from '../../domain/contact.ts'
import { sampleContact } from '../../testing/sample-contacts.ts'
import { PhoneIndex } from './phone-index.ts'
import type { PhoneSettings } from './read-number.ts'

const withPhones = (id: string, ...values: string[]): Contact =>
  sampleContact(id, { phones: values.map((value) => ({ value, kind: 'work' })) })

const withIms = (id: string, ...ims: string[]): Contact => sampleContact(id, { ims })

const indexOf = (contacts: readonly Contact[], settings: PhoneSettings = { country: 'US' }): PhoneIndex => {
  const index = new PhoneIndex(settings)
  contacts.forEach((contact) => index.add(contact))
  return index
}

/** Each caller as `id certainty number`. */
const answer = (index: PhoneIndex, number: string): readonly string[] =>
  index
    .whois(number)
    .map(({ key, certainty, phone }) => `${key.replace('key-of-', '')} ${certainty} ${phone.value}`)

test('a national number of another country is not taken for one of this country', () => {
  const index = indexOf([withPhones('arsene', '0207157152')])
  expect(answer(index, '+33207157152')).toEqual(['arsene possible 0207157152'])
  expect(answer(index, '+10207157152')).toEqual(['arsene possible 0207157152'])
  expect(answer(index, '0207157152')).toEqual(['arsene certain 0207157152'])
  const inFrance = indexOf([withPhones('arsene', '0207157152')], { country: 'FR' })
  expect(answer(inFrance, '+33207157152')).toEqual(['arsene certain 0207157152'])
})

describe('the steps of the search', () => {
  const index = indexOf([
    withPhones('alice', '+1 206 555 0100', 'sip:alice@example.test'),
    withPhones('bob', '(425) 555-0100'),
    withPhones('carol', '5550911'),
    withPhones('dave', '102'),
    withPhones('erin', '*97'),
    withPhones('frank', '+1 206 555 0199 ext. 123'),
    withPhones('grace', '206 555 0199,,456#'),
    withPhones('kim', '#31#+491751234567'),
    withIms('heidi', 'sip:Heidi@example.test', 'ivan', '12345@chat.example.test'),
    withIms('judy', 'sips:+493012345678@example.test;user=phone'),
    withPhones('mallory', 'unknown', 'anonymous', '', 'see notes'),
  ])

  test.each([
    ['+12065550100', ['alice certain +1 206 555 0100']],
    ['14255550100', ['bob certain (425) 555-0100']],
    ['555-0100', ['alice possible +1 206 555 0100', 'bob possible (425) 555-0100']],
    ['+13605550100', []],
    ['911', []],
    ['+1 206 555 0911', ['carol possible 5550911']],
    ['+12065550911', ['carol possible 5550911']],
    ['5550911', ['carol certain 5550911']],
    ['102', ['dave certain 102']],
    ['+1102', []],
    ['97', []],
    ['*97', ['erin certain *97']],
    ['+12065550199;ext=123', ['frank certain +1 206 555 0199 ext. 123']],
    ['+12065550199', ['frank possible +1 206 555 0199 ext. 123', 'grace possible 206 555 0199,,456#']],
    ['+12065550199;ext=7', []],
    ['123', []],
    ['sip:alice@example.test', ['alice certain sip:alice@example.test']],
    ['+491751234567', ['kim possible #31#+491751234567']],
    ['sip:alice@elsewhere.test', []],
    ['sip:heidi@example.test:5060;transport=tls?subject=x', ['heidi certain sip:Heidi@example.test']],
    ['"Heidi" <sips:heidi@EXAMPLE.test>;tag=1', ['heidi certain sip:Heidi@example.test']],
    ['ivan', []],
    ['sip:ivan', []],
    ['see notes', []],
    ['12345@chat.example.test', ['heidi certain 12345@chat.example.test']],
    ['sip:ivan@elsewhere.test', ['heidi possible ivan']],
    ['12345', []],
    ['sip:102@pbx.example.test', ['dave certain 102']],
    ['sip:12065550100@pbx.example.test', ['alice certain +1 206 555 0100']],
    ['sip:%2B12065550100@pbx.example.test', ['alice certain +1 206 555 0100']],
    ['<sip:+1-206-555-0199;ext=456@pbx.example.test>', ['grace certain 206 555 0199,,456#']],
    ['030 12345678', ['judy possible sips:+493012345678@example.test;user=phone']],
    ['+493012345678', ['judy certain sips:+493012345678@example.test;user=phone']],
    ['tel:102;phone-context=example.test', ['dave certain 102']],
  ])('%s', (number, expected) => {
    expect(answer(index, number)).toEqual(expected)
  })

  test.each([
    ...[
      '',
      ' ',
      '\u202a\u202c',
      'anonymous',
      'Anonymous',
      'unknown',
      'Unavailable',
      'Private Number',
      '+',
      '()',
    ],
    ...['sip:anonymous@anonymous.invalid', '"Anonymous" <sip:anonymous@example.test>', 'sip:@example.test'],
    ...[
      'sip:c8oqz84zk7z@privacy.invalid',
      'sip:%E0%A4%A@example.test',
      'see notes?',
      '<>',
      '@',
      'sip:',
      'tel:',
    ],
  ])('a caller who is withheld or has no name is no contact: %s', (number) => {
    expect(index.whois(number)).toEqual([])
  })
})

describe('several contacts', () => {
  test('all who share a number are returned, by key, each once', () => {
    const index = indexOf([
      withPhones('c', '206 555 0100'),
      withPhones('a', '+12065550100', '206-555-0100', '(206) 555 0100 x1'),
      withPhones('b', '1 206 555 0100'),
    ])
    expect(answer(index, '+1 206 555 0100')).toEqual([
      'a certain +12065550100',
      'b certain 1 206 555 0100',
      'c certain 206 555 0100',
    ])
  })

  test('a caller tells source, kind and spelling of the number that matched', () => {
    const index = indexOf([
      sampleContact('one', {
        source: 'google',
        phones: [
          { value: '425 555 0100', kind: 'home' },
          { value: '206 555 0100', kind: 'mobile' },
        ],
      }),
    ])
    expect(index.whois('+12065550100')).toEqual([
      {
        key: 'key-of-one',
        source: 'google',
        certainty: 'certain',
        phone: { value: '206 555 0100', kind: 'mobile' },
      },
    ])
  })

  test('a contact that is added again is replaced, and one without numbers is no trouble', () => {
    const index = indexOf([withPhones('a', '206 555 0100'), withPhones('a', '206 555 0101'), withPhones('b')])
    expect(answer(index, '2065550100')).toEqual([])
    expect(answer(index, '2065550101')).toEqual(['a certain 206 555 0101'])
    index.remove('key-of-b')
    index.remove('no such key')
    index.remove('key-of-a')
    expect(answer(index, '2065550101')).toEqual([])
  })
})

describe('behind a PBX', () => {
  const contacts = [
    withPhones('alice', '+1 206 555 0100'),
    withPhones('bob', '+1 206 555 0199 x123'),
    withPhones('carol', '9123'),
    withPhones('dave', '4567'),
  ]
  const settings = { country: 'US', outsideLine: '9', extensionLengths: [3, 4] }
  const index = indexOf(contacts, settings)

  test.each([
    ['912065550100', ['alice certain +1 206 555 0100']],
    ['9,206-555-0100', ['alice certain +1 206 555 0100']],
    ['9 011 1 206 555 0100', ['alice certain +1 206 555 0100']],
    ['912065550199', ['bob possible +1 206 555 0199 x123']],
    ['123', ['bob possible +1 206 555 0199 x123']],
    ['9123', ['carol certain 9123']],
    ['94567', []],
    ['4567', ['dave certain 4567']],
    ['0100', []],
    ['911', []],
  ])('%s', (number, expected) => {
    expect(answer(index, number)).toEqual(expected)
  })

  test('without the settings, an outside line is only a prefix, and an extension is no number', () => {
    const plain = indexOf(contacts)
    expect(answer(plain, '912065550100')).toEqual(['alice possible +1 206 555 0100'])
    expect(answer(plain, '123')).toEqual([])
    expect(answer(indexOf(contacts, { ...settings, extensionLengths: [4] }), '123')).toEqual([])
  })

  test('an outside line of 0 leaves numbers of the country what they are', () => {
    const german = indexOf([withPhones('a', '030 12345678'), withPhones('b', '+30 21 0123 4567')], {
      country: 'de',
      outsideLine: '0',
    })
    expect(answer(german, '003012345678')).toEqual(['a certain 030 12345678'])
    expect(answer(german, '03012345678')).toEqual(['a certain 030 12345678'])
    expect(answer(german, '00302101234567')).toEqual(['b certain +30 21 0123 4567'])
    expect(answer(german, '000302101234567')).toEqual(['b certain +30 21 0123 4567'])
  })
})

test('another country reads the same numbers in another way', () => {
  const contacts = [withPhones('a', '030 12345678')]
  expect(answer(indexOf(contacts, { country: 'DE' }), '+493012345678')).toEqual(['a certain 030 12345678'])
  expect(answer(indexOf(contacts, { country: 'US' }), '+493012345678')).toEqual(['a possible 030 12345678'])
  expect(answer(indexOf(contacts, { country: 'nowhere' }), '+493012345678')).toEqual([
    'a possible 030 12345678',
  ])
})

test('a number and its extensions may be the same caller, so both are returned', () => {
  const contacts = [withPhones('desk', '+49 30 231250 ext. 123'), withPhones('main', '+49 30 231250')]
  const index = indexOf(contacts, { country: 'DE', extensionLengths: [3] })
  expect(answer(index, '030 231250')).toEqual([
    'main certain +49 30 231250',
    'desk possible +49 30 231250 ext. 123',
  ])
  index.add(withPhones('inner', '123'))
  expect(answer(index, '123')).toEqual(['inner certain 123', 'desk possible +49 30 231250 ext. 123'])
})

test('each number of a field that has several is a caller, where it is sure', () => {
  const index = indexOf(
    [
      withPhones('a', '(030) 901823 / 0171 2345679'),
      withPhones('b', 'Home: 030/901824 oder +1 206 555 0100 x4'),
      withPhones('c', '030 901820/21'),
    ],
    { country: 'DE' },
  )
  expect(answer(index, '+491712345679')).toEqual(['a certain (030) 901823 / 0171 2345679'])
  expect(answer(index, '030901823')).toEqual(['a certain (030) 901823 / 0171 2345679'])
  expect(answer(index, '+12065550100;ext=4')).toEqual(['b certain Home: 030/901824 oder +1 206 555 0100 x4'])
  expect(answer(index, '030 901824')).toEqual(['b certain Home: 030/901824 oder +1 206 555 0100 x4'])
  expect(answer(index, '21')).toEqual([])
  index.remove('key-of-a')
  expect(answer(index, '+491712345679')).toEqual([])
})

test('of a caller who is told as two numbers, the first counts', () => {
  const index = indexOf([withPhones('a', '206 555 0100')])
  expect(answer(index, '+1 206 555 0100 / +1 206 555 0199')).toEqual(['a certain 206 555 0100'])
})

test('a text that is one number with the outside line and another without it names both', () => {
  const contacts = [withPhones('athens', '+30 210 1234567'), withPhones('berlin', '030 2101234567')]
  const index = indexOf(contacts, { country: 'DE', outsideLine: '0' })
  expect(answer(index, '00302101234567')).toEqual([
    'athens possible +30 210 1234567',
    'berlin possible 030 2101234567',
  ])
})
