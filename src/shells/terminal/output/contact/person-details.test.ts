import { expect, test } from 'vitest'
import { messages } from '../../../../messages.ts'
import { mergedContact } from '../../../../projections/people/merged-contact.ts'
import { sampleContact } from '../../../../testing/sample-contacts.ts'
import { personDetails } from './person-details.ts'

test('of children, categories and notes that are made of several, each is followed by its source', () => {
  const contacts = [
    sampleContact('m', { children: ['Bo', 'Cy'], categories: ['Chess'], note: 'Likes tea.' }),
    sampleContact('g', {
      ...{ source: 'google', children: ['Cy', 'Di'], categories: ['Golf'], note: 'Line 1\nLine 2' },
    }),
  ]
  const contact = mergedContact(contacts, () => false)
  const person = { contact, contacts, decisions: [], numberSources: [] }
  const fields = personDetails(person, undefined, messages('en')).flatMap(({ fields }) => fields)
  expect(fields).toEqual(
    expect.arrayContaining([
      ['children', 'Bo (Microsoft)\nCy\nDi (Google)'],
      ['categories', 'Chess (Microsoft)\nGolf (Google)'],
      ['', 'Likes tea. (Microsoft)\n\nLine 1\nLine 2 (Google)'],
    ]),
  )
})
