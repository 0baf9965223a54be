import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mapPerson } from './map-person.ts'
import { personFields } from './person-fields.ts'

const mapped = (person: unknown) => mapPerson(person, (name) => name)

const contactOf = (fields: object) => {
  const result = mapped({ resourceName: 'people/c1', ...fields })
  if (!('contact' in result)) throw new Error(JSON.stringify(result))
  return result.contact
}

describe('a person of Google', () => {
  it('keeps names, labels, several organizations, SIP addresses and dates without a year', () => {
    const contact = contactOf({
      etag: '%EgUBAi43',
      metadata: {
        sources: [
          { type: 'PROFILE', id: '9' },
          { type: 'CONTACT', id: 'f93c9a0d8a1b2cd', updateTime: '2026-10-01T09:12:33.512Z' },
        ],
      },
      names: [
        {
          displayName: 'Dr. Ada King Lovelace Jr.',
          familyName: 'Lovelace',
          givenName: 'Ada',
          middleName: 'King',
          honorificPrefix: 'Dr.',
          honorificSuffix: 'Jr.',
          phoneticGivenName: 'Eida',
        },
      ],
      nicknames: [{ value: 'Countess' }],
      phoneNumbers: [
        { value: '102', type: 'Desk extension' },
        { value: '(425) 555-0100', type: 'work', metadata: { primary: true } },
        { value: '+44 20 7946 0958', type: 'workMobile' },
        { value: '+44 20 7946 0959', type: 'homeFax' },
        { value: '+44 20 7946 0960', type: 'otherFax' },
        { value: '+44 20 7946 0961', type: 'main' },
        { value: '+44 20 7946 0962' },
      ],
      emailAddresses: [
        { value: 'ada@analytical.example', type: 'work', displayName: 'Office' },
        { value: 'ada@example.org', type: 'Summer house' },
        { value: 'ada@example.net' },
      ],
      organizations: [
        { name: 'Old Ltd.', title: 'Clerk' },
        { name: 'Analytical Engines', department: 'Research', location: 'B 12', current: true },
      ],
      relations: [
        { person: 'Charles', type: 'manager' },
        { person: 'William', type: 'spouse' },
        { person: 'Byron', type: 'child' },
        { person: 'Anne', type: 'child' },
      ],
      sipAddresses: [{ value: 'sip:ada@analytical.example', type: 'work' }],
      imClients: [{ username: 'ada.l', protocol: 'jabber' }],
      birthdays: [{ date: { month: 12, day: 10 } }],
      events: [
        { type: 'other', date: { year: 1, month: 1, day: 1 } },
        { type: 'anniversary', date: { year: 1835, month: 7, day: 8 } },
      ],
      biographies: [{ value: 'Notes.\nTwo lines.' }],
      urls: [
        { value: 'https://blog.example', type: 'blog' },
        { value: 'https://analytical.example', type: 'work' },
      ],
      addresses: [
        { streetAddress: '12 St James', city: 'London', countryCode: 'GB', type: 'home' },
        { formattedValue: 'Somewhere\nin Surrey', type: 'Summer house' },
      ],
    })
    expect(contact).toEqual({
      id: 'people/c1',
      alias: 'f93c9a0d8a1b2cd',
      modified: '2026-10-01T09:12:33.512Z',
      version: '%EgUBAi43',
      source: 'google',
      name: {
        full: 'Dr. Ada King Lovelace Jr.',
        given: 'Ada',
        middle: 'King',
        family: 'Lovelace',
        prefix: 'Dr.',
        suffix: 'Jr.',
        phoneticGiven: 'Eida',
      },
      nickname: 'Countess',
      phones: [
        { value: '(425) 555-0100', kind: 'work' },
        { value: '102', kind: 'other', label: 'Desk extension' },
        { value: '+44 20 7946 0958', kind: 'mobile', at: 'work' },
        { value: '+44 20 7946 0959', kind: 'fax', at: 'home' },
        { value: '+44 20 7946 0960', kind: 'fax' },
        { value: '+44 20 7946 0961', kind: 'other', label: 'Main' },
        { value: '+44 20 7946 0962', kind: 'other' },
      ],
      emails: [
        { address: 'ada@analytical.example', name: 'Office', kind: 'work' },
        { address: 'ada@example.org', kind: 'other', label: 'Summer house' },
        { address: 'ada@example.net' },
      ],
      organization: {
        name: 'Analytical Engines',
        department: 'Research',
        office: 'B 12',
        manager: 'Charles',
      },
      otherOrganizations: [{ name: 'Old Ltd.', title: 'Clerk' }],
      spouse: 'William',
      children: ['Byron', 'Anne'],
      sips: ['sip:ada@analytical.example'],
      ims: ['ada.l'],
      birthday: { month: 12, day: 10 },
      anniversary: { year: 1835, month: 7, day: 8 },
      note: 'Notes.\nTwo lines.',
      url: 'https://analytical.example',
      personalUrl: 'https://blog.example',
      addresses: [
        { kind: 'home', street: '12 St James', city: 'London', country: 'GB' },
        { kind: 'other', label: 'Summer house', street: 'Somewhere\nin Surrey' },
      ],
      categories: [],
    })
  })

  it('with nothing but a number is a contact', () => {
    expect(contactOf({ phoneNumbers: [{ value: '555-0199' }] })).toMatchObject({
      name: {},
      phones: [{ value: '555-0199' }],
    })
  })

  it.each([
    [null, 'not-an-object'],
    [[], 'not-an-object'],
    [{}, 'no-id'],
    [{ resourceName: 7 }, 'unusable-id'],
    [{ resourceName: 'people/../me' }, 'unusable-id'],
    [{ resourceName: 'people/c1?x=1' }, 'unusable-id'],
  ])('%j is skipped as %s', (person, reason) => {
    expect(mapped(person)).toEqual({ skipped: { reason } })
  })

  it.each([
    ['a list that is a text', { phoneNumbers: '555' }, 'phoneNumbers'],
    ['an entry that is a text', { emailAddresses: ['ada@example.org'] }, 'emailAddresses'],
    ['a value of another type', { biographies: [{ value: 7 }] }, 'biographies'],
    ['a day that does not exist', { birthdays: [{ date: { year: 2025, month: 2, day: 29 } }] }, 'birthdays'],
    ['a birthday that is only a text', { birthdays: [{ text: 'in May' }] }, 'birthdays'],
  ])('with %s lacks that field only', (_, fields, field) => {
    const contact = contactOf({ nicknames: [{ value: 'Ada' }], ...fields })
    expect(contact.incomplete).toEqual([{ field, reason: 'malformed' }])
    expect(contact.nickname).toBe('Ada')
  })

  it('is never the reason that reading ends, whatever it contains', () => {
    const field = fc.oneof(fc.jsonValue(), fc.array(fc.dictionary(fc.string(), fc.jsonValue())))
    const person = fc.record(
      { resourceName: fc.constant('people/c1'), ...Object.fromEntries(personFields.map((f) => [f, field])) },
      { requiredKeys: ['resourceName'] },
    )
    fc.assert(
      fc.property(person, (value) => {
        const result = mapped(value)
        expect(JSON.parse(JSON.stringify(result))).toStrictEqual(result)
      }),
    )
  })
})
