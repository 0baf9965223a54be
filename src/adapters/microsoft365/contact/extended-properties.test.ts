import { expect, test } from 'vitest'
import { readItem } from '../graph/graph-item.ts'
import { extendedExpand, extendedIds } from './extended-properties.ts'
import { mapContact } from './map-contact.ts'

const contactWith = (properties: unknown, more: object = {}) => {
  const mapped = mapContact(readItem({ id: '1', ...more, singleValueExtendedProperties: properties }))
  if (!('contact' in mapped)) throw new Error('skipped')
  return mapped.contact
}
const property = (id: string, value: unknown) => ({ id, value })

test('every number gets its kind and comes after the numbers that Graph gives itself', () => {
  const properties = extendedIds.filter((id) => id.startsWith('String')).map((id) => property(id, id))
  const { phones, personalUrl } = contactWith(properties, { mobilePhone: '+1' })
  expect(phones.map(({ kind, value }) => [kind, value])).toEqual([
    ['mobile', '+1'],
    ['mobile', 'String 0x3A1E'],
    ['mobile', 'String 0x3A1D'],
    ['other', 'String 0x3A1F'],
    ['other', 'String 0x3A02'],
    ['company', 'String 0x3A57'],
    ['assistant', 'String 0x3A2E'],
    ['fax', 'String 0x3A24'],
    ['fax', 'String 0x3A25'],
    ['fax', 'String 0x3A23'],
    ['pager', 'String 0x3A21'],
    ['other', 'String 0x3A1A'],
  ])
  expect(personalUrl).toBe('String 0x3A50')
})

test('Graph may spell an id in lower case and without leading zeros', () => {
  expect(contactWith([property('String 0x3a21', '7'), property('string 0x03A1F', '8')]).phones).toEqual([
    { kind: 'other', value: '8' },
    { kind: 'pager', value: '7' },
  ])
})

test('an anniversary is a date, and 4501 is none', () => {
  const anniversary = (value: string) => contactWith([property('SystemTime 0x3A41', value)])
  expect(anniversary('2008-01-09T11:59:00Z').anniversary).toEqual({ year: 2008, month: 1, day: 9 })
  expect(anniversary('4501-01-01T00:00:00Z')).not.toHaveProperty('anniversary')
  expect(anniversary('4501-01-01T00:00:00Z')).not.toHaveProperty('incomplete')
})

test('a number that Graph already gives is not repeated', () => {
  const primary = property('String 0x3A1A', '+1')
  expect(contactWith([primary], { mobilePhone: '+1' }).phones).toEqual([{ kind: 'mobile', value: '+1' }])
  expect(contactWith([property('String 0x3A1F', '+2'), property('String 0x3A1A', '+2')]).phones).toEqual([
    { kind: 'other', value: '+2' },
  ])
})

test.each([
  [undefined],
  [null],
  [[]],
  [[{}]],
  [[property('String 0x3A1F', '')]],
  [[property('String 0x9999', 'x')]],
])('%j leaves nothing behind', (properties) => {
  const contact = contactWith(properties)
  expect(contact.phones).toEqual([])
  expect(contact).not.toHaveProperty('incomplete')
})

test.each([
  ['text'],
  [['text']],
  [[property('String 0x3A1F', 7)]],
  [[property('SystemTime 0x3A41', 'soon')]],
])('%j costs the value and is marked', (properties) => {
  expect(contactWith(properties, { mobilePhone: '+1' })).toMatchObject({
    phones: [{ kind: 'mobile', value: '+1' }],
    incomplete: [{ field: 'singleValueExtendedProperties', reason: 'malformed' }],
  })
})

test('one option of a request names every property', () => {
  const query = new URLSearchParams(extendedExpand)
  const expand = query.get('$expand') ?? ''
  expect([...query.keys()]).toEqual(['$expand'])
  expect(expand).toMatch(/^singleValueExtendedProperties\(\$filter=id eq '.*'\)$/)
  for (const id of extendedIds) expect(expand).toContain(`id eq '${id}'`)
})
