import { expect, test } from 'vitest'
import type { StoredEvent } from '../../ports/event-store.ts'
import { completion } from '../../testing/sample-facts.ts'
import { fromStored } from './event-codec.ts'

const stored = (type: string, data: unknown): StoredEvent => ({
  position: 1,
  stream: 'microsoft365',
  attempt: 'a1',
  type,
  version: 1,
  id: 'e1',
  time: '2026-01-01T00:00:00.000Z',
  data,
  payload: null,
})
const read = (type: string, data: unknown, payload: unknown = null) =>
  fromStored(stored(type, data), payload === null ? null : { value: payload })
const { incomplete: _, ...early } = completion()

test('a result of an earlier version, which did not count incomplete contacts, reads as 0 incomplete', () => {
  expect(read('attempt.completed', early).data).toEqual(completion())
  expect(read('removal.approved', early).data).toEqual(completion())
  const held = { removes: 1, of: 2, completion: early }
  expect(read('removal.held', held).data).toEqual({ ...held, completion: completion() })
})

test('the count of incomplete contacts reads as it was recorded', () => {
  const counted = completion({ incomplete: 7 })
  expect(read('attempt.completed', counted).data).toEqual(counted)
})

test('contacts that an earlier version skipped for a malformed field are still read', () => {
  const data = { page: 1, contacts: 0, skipped: { 'malformed-field': 1 } }
  const skipped = [{ reason: 'malformed-field', id: 'x', field: 'birthday' }]
  const payload = { contacts: [], skipped, cursor: null }
  expect(read('page.fetched', data, payload)).toEqual({ ...stored('page.fetched', data), payload })
})

test.each([
  ['attempt.completed', completion()],
  ['removal.held', { removes: 1, of: 2, completion: completion() }],
])('the folders of %s may be absent, but not of another shape', (type, data) => {
  const withFolders = (folders: unknown) => read(type, data, { cursor: null, folders })
  expect(withFolders([{ id: 'f', name: null }])).not.toHaveProperty('unreadable')
  expect(read(type, data, { cursor: null })).not.toHaveProperty('unreadable')
  expect(withFolders([{ id: 5, name: null }])).toMatchObject({ payload: null, unreadable: 'damaged' })
})
