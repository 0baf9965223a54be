import { expect, test } from 'vitest'
import { sampleContact } from '../testing/sample-contacts.ts'
import type { Contact } from './contact.ts'
import { freezeContacts } from './freeze-contacts.ts'

const complete = (id: string): Contact =>
  sampleContact(id, {
    organization: { name: 'Example', title: 'Engineer' },
    phones: [
      { kind: 'work', value: '1' },
      { kind: 'mobile', value: '2' },
    ],
    emails: [{ address: 'a@example.test' }],
    addresses: [{ kind: 'home', city: 'Oslo' }],
    ims: ['x'],
    categories: [],
    birthday: { month: 2, day: 29 },
  })

/** The value and every object in it. */
const objectsIn = (value: unknown): readonly object[] =>
  typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(objectsIn)] : []

test('every object of every contact is frozen, and no value changes', () => {
  const contacts = [complete('a'), complete('b')]
  freezeContacts(contacts)
  const objects = contacts.flatMap(objectsIn)
  expect(objects).toHaveLength(26)
  expect(objects.filter((each) => !Object.isFrozen(each))).toEqual([])
  expect(contacts).toEqual([complete('a'), complete('b')])
})

test('a write at any depth of a contact throws', () => {
  const [contact] = freezeContacts([complete('a')]) as unknown as [{ phones: { value: string }[] }]
  expect(() => (contact.phones[1]!.value = '3')).toThrow(TypeError)
  expect(() => contact.phones.push({ value: '3' })).toThrow(TypeError)
})

test('the array itself is returned and not frozen, so that its owner can extend it', () => {
  const contacts = [complete('a')]
  expect(freezeContacts(contacts)).toBe(contacts)
  expect(Object.isFrozen(contacts)).toBe(false)
})

test('a null value, as an adapter may report it, is skipped', () => {
  const odd = { ...complete('a'), note: null } as unknown as Contact
  expect(Object.isFrozen(freezeContacts([odd])[0])).toBe(true)
})
