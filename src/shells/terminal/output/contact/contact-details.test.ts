import { expect, test } from 'vitest'
import { messages } from '../../../../messages.ts'
import { sampleContact } from '../../../../testing/sample-contacts.ts'
import { contactDetails } from './contact-details.ts'

const fieldsOf = (group: string, locale = 'en-GB', more: Partial<ReturnType<typeof sampleContact>> = {}) =>
  contactDetails({ ...sampleContact('1'), ...more }, undefined, messages(locale)).find(
    ({ title }) => title === group,
  )?.fields

test('an e-mail is labelled with its name, and one that is only a name is told too', () => {
  const emails = [
    { address: 'a@b.example', name: 'Office' },
    { address: 'c@d.example' },
    { name: 'Ann Lee' },
    { address: '/o=ExchangeLabs/cn=ann', routingType: 'EX' as const },
  ]
  expect(fieldsOf('E-mail', 'en-GB', { emails })).toEqual([
    ['Office', 'a@b.example'],
    ['address', 'c@d.example'],
    ['name only', 'Ann Lee'],
    ['Exchange name', '/o=ExchangeLabs/cn=ann'],
  ])
})

test('a number is labelled with what it is for and its extension', () => {
  const phones = [
    { value: '+1-206-555-0100;ext=12', kind: 'work', preferred: true },
    { value: '(206) 555-0101 x5', kind: 'fax', at: 'home' },
    { value: '(206) 555-0102', kind: 'mobile', label: 'Boat' },
  ] as const
  expect(fieldsOf('Numbers', 'en-GB', { phones })).toEqual([
    ['work, ext. 12, preferred', '+1-206-555-0100;ext=12'],
    ['fax, home, ext. 5', '(206) 555-0101 x5'],
    ['Boat', '(206) 555-0102'],
  ])
})

test.each([
  ['en-GB', '12 April 1990', '29 February'],
  ['en-US', 'April 12, 1990', 'February 29'],
])('dates are written as in the locale %s', (locale, birthday, anniversary) => {
  const dates = { birthday: { year: 1990, month: 4, day: 12 }, anniversary: { month: 2, day: 29 } }
  expect(fieldsOf('Personal', locale, dates)).toEqual([
    ['birthday', birthday],
    ['anniversary', anniversary],
  ])
})

test('numbers that are no date are left out', () => {
  expect(fieldsOf('Personal', 'en-GB', { birthday: { month: NaN, day: 1 } })).toBeUndefined()
})
