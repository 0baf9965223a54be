import { expect, test } from 'vitest'
import type { RecordedEvent } from '../../domain/events.ts'
import { sampleContact } from '../../testing/sample-contacts.ts'
import { ContactKeys } from './contact-keys.ts'

const unknown = () => undefined
const [a, b] = [sampleContact('a'), sampleContact('b')]
const keysIn = (keys: ContactKeys, contacts = [a, b]) => keys.assign(contacts, unknown).map(({ key }) => key)

test('a key is the same in each process, and another in each store, source and for each contact', () => {
  const keys = keysIn(new ContactKeys('store 1'))
  expect(keysIn(new ContactKeys('store 1'))).toEqual(keys)
  const others = [
    ...keys,
    ...keysIn(new ContactKeys('store 2')),
    ...keysIn(new ContactKeys('store 1'), [
      { ...a, source: 'google' },
      { ...b, source: 'google' },
    ]),
  ]
  expect(new Set(others).size).toBe(6)
})

test('a key is 24 hexadecimal digits', () => {
  for (const key of keysIn(new ContactKeys('store'))) expect(key).toMatch(/^[0-9a-f]{24}$/)
})

test('a contact of the list keeps its key, and what a source calls a key does not count', () => {
  const keys = new ContactKeys('store')
  const [known] = keys.assign([a], () => ({ ...a, key: 'kept' }))
  expect(known?.key).toBe('kept')
  const [first] = keys.assign([{ ...a, key: 'of the source' } as typeof a], unknown)
  expect(first?.key).toBe(keysIn(keys, [a])[0])
})

const { key: _, ...withoutKey } = a
const recorded = (type: string, payload: unknown) => ({ type, payload }) as RecordedEvent

test.each([
  ['page.fetched', (contacts: unknown) => ({ contacts, skipped: [], cursor: null })],
  ['list.checkpointed', (contacts: unknown) => ({ contacts, skipped: [], account: null, cursor: null })],
  ['changes.fetched', (upserted: unknown) => ({ upserted, removed: [], skipped: [], cursor: null })],
  ['attempt.completed', (replaced: unknown) => ({ cursor: null, undo: { added: [], replaced } })],
  ['removal.held', (replaced: unknown) => ({ cursor: null, undo: { added: [], replaced } })],
])('contacts that an earlier version recorded in %s get their keys', (type, payload) => {
  const keys = new ContactKeys('store')
  const [completed] = keys.assign([a], unknown)
  expect(keys.complete(recorded(type, payload([withoutKey])))).toEqual(recorded(type, payload([completed])))
  const whole = recorded(type, payload([{ ...a, key: 'kept' }]))
  expect(keys.complete(whole)).toBe(whole)
})

test.each([
  ['no payload', recorded('page.fetched', null)],
  ['no contact', recorded('page.fetched', { contacts: [], skipped: [], cursor: null })],
  ['no undo', recorded('attempt.completed', { cursor: null })],
  ['another payload', recorded('consent.granted', { account: { id: null } })],
])('an event with %s stays as it is', (_name, event) => {
  expect(new ContactKeys('store').complete(event)).toBe(event)
})
