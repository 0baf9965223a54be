import { expect, test } from 'vitest'
import { readItem } from '../graph/graph-item.ts'
import { readItems } from './read-items.ts'

const removal = { '@removed': { reason: 'deleted' } }

test('an item is a contact, a removal, which is left out, or skipped', () => {
  const items = [{ id: 'a' }, { id: 'b', ...removal }, { id: '..' }, { displayName: 'c' }].map(readItem)
  const { contacts, skipped } = readItems(items)
  expect(contacts.map(({ id }) => id)).toEqual(['a'])
  expect(skipped).toEqual([{ reason: 'unusable-id' }, { reason: 'no-id' }])
})

test.each(['..', '\ud800'])('the removal of a contact whose id is unusable (%j) is ignored', (id) => {
  expect(readItems([readItem({ id, ...removal })])).toEqual({ contacts: [], skipped: [] })
})

test('an item nested a million levels deep is skipped, and such a field is left out', () => {
  const deep = '['.repeat(1_000_000) + ']'.repeat(1_000_000)
  const items = JSON.parse(`[${deep},{"id":"a","displayName":${deep}}]`) as unknown[]
  const { contacts, skipped } = readItems(items.map(readItem))
  expect(skipped.map(({ reason }) => reason)).toEqual(['not-an-object'])
  expect(contacts.map(({ incomplete }) => incomplete)).toEqual([
    [{ field: 'displayName', reason: 'malformed' }],
  ])
})
