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
