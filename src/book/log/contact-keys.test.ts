import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import type { RecordedEvent } from '../../domain/events.ts'
import { sampleContact } from '../../testing/sample-contacts.ts'
import { ContactKeys } from './contact-keys.ts'

const unknown = () => undefined
const [a, b] = [sampleContact('a'), sampleContact('b')]
const keysIn = async (keys: ContactKeys, contacts = [a, b]) =>
  (await keys.assign(contacts, unknown)).map(({ key }) => key)

test('a key is the same in each process, and another in each store, source and for each contact', async () => {
  const keys = await keysIn(new ContactKeys('store 1'))
  expect(await keysIn(new ContactKeys('store 1'))).toEqual(keys)
  const others = [
    ...keys,
    ...(await keysIn(new ContactKeys('store 2'))),
    ...(await keysIn(new ContactKeys('store 1'), [
      { ...a, source: 'google' },
      { ...b, source: 'google' },
    ])),
  ]
  expect(new Set(others).size).toBe(6)
})

test('a key is an HMAC-SHA-256 of source and id, as stores have it', async () => {
  const hmac = createHmac('sha256', 'store').update(`microsoft365 ${a.id}`).digest('hex')
  expect(await keysIn(new ContactKeys('store'), [a])).toEqual([hmac.slice(0, 24)])
})

test('a key is 24 hexadecimal digits', async () => {
  for (const key of await keysIn(new ContactKeys('store'))) expect(key).toMatch(/^[0-9a-f]{24}$/)
})

test('a contact of the list keeps its key, and what a source calls a key does not count', async () => {
  const keys = new ContactKeys('store')
  const [known] = await keys.assign([a], () => ({ ...a, key: 'kept' }))
  expect(known?.key).toBe('kept')
  const [first] = await keys.assign([{ ...a, key: 'of the source' } as typeof a], unknown)
  expect(first?.key).toBe((await keysIn(keys, [a]))[0])
})

const { key: _, ...withoutKey } = a
const recorded = (type: string, payload: unknown) => ({ type, payload }) as RecordedEvent

test.each([
  ['page.fetched', (contacts: unknown) => ({ contacts, skipped: [], cursor: null })],
  ['list.checkpointed', (contacts: unknown) => ({ contacts, skipped: [], account: null, cursor: null })],
  ['changes.fetched', (upserted: unknown) => ({ upserted, removed: [], skipped: [], cursor: null })],
  ['attempt.completed', (replaced: unknown) => ({ cursor: null, undo: { added: [], replaced } })],
  ['removal.held', (replaced: unknown) => ({ cursor: null, undo: { added: [], replaced } })],
])('contacts that an earlier version recorded in %s get their keys', async (type, payload) => {
  const keys = new ContactKeys('store')
  const [completed] = await keys.assign([a], unknown)
  expect(await keys.complete(recorded(type, payload([withoutKey])))).toEqual(
    recorded(type, payload([completed])),
  )
  const whole = recorded(type, payload([{ ...a, key: 'kept' }]))
  expect(await keys.complete(whole)).toBe(whole)
})

test.each([
  ['no payload', recorded('page.fetched', null)],
  ['no contact', recorded('page.fetched', { contacts: [], skipped: [], cursor: null })],
  ['no undo', recorded('attempt.completed', { cursor: null })],
  ['another payload', recorded('consent.granted', { account: { id: null } })],
])('an event with %s stays as it is', async (_name, event) => {
  expect(await new ContactKeys('store').complete(event)).toBe(event)
})
