import { expect, test } from 'vitest'
import { hasUnusableId, isUsableId, latestOf, readItem } from './graph-item.ts'

test('a contact is read with what the engine asks of it', () => {
  const fields = {
    id: '1',
    parentFolderId: 'f',
    changeKey: 'k',
    lastModifiedDateTime: '2026-01-02T03:04:05Z',
    personalNotes: 'note',
    displayName: 'Name',
  }
  const { displayName, ...texts } = fields
  expect(readItem(fields)).toEqual({ ...texts, isRemoved: false, isError: false, fields })
  expect(displayName).toBe('Name')
})

const nothing = {
  id: null,
  parentFolderId: null,
  changeKey: null,
  lastModifiedDateTime: null,
  personalNotes: null,
  isRemoved: false,
  isError: false,
}

test.each([null, undefined, 5, 'text', true, [], [{ id: '1' }]])('%j is no object', (value) => {
  expect(readItem(value)).toEqual({ ...nothing, fields: null })
})

test.each([null, '', 5, {}, ['1']])('%j is no text', (value) => {
  const fields = { id: value, parentFolderId: value, changeKey: value, personalNotes: value }
  expect(readItem(fields)).toEqual({ ...nothing, fields })
})

test('a removal is recognised by its mark, whatever the value, and an error by its object', () => {
  for (const mark of [{ reason: 'deleted' }, null, 'yes'])
    expect(readItem({ id: '1', '@removed': mark }).isRemoved).toBe(true)
  expect(readItem({ error: { code: 'ErrorItemNotFound' } }).isError).toBe(true)
  for (const error of [null, 'no']) expect(readItem({ error }).isError).toBe(false)
})

test('if several items have one id, the last one takes the place of the first; others are kept', () => {
  const items = [{ id: '1', changeKey: 'a' }, { id: '2' }, {}, { id: '1', changeKey: 'b' }, {}].map(readItem)
  expect(latestOf(items)).toEqual([items[3], items[1], items[2], items[4]])
})

const unusable = ['.', '..', 'a\ud800', '\udc00a', 'a\nb', '\u0000', '\u007f', '\u0085', 'x'.repeat(1_001)]

test.each(unusable)('the id %j is left out, because no address can be built from it', (id) => {
  expect(isUsableId(id)).toBe(false)
  expect(readItem({ id }).id).toBeNull()
  expect(hasUnusableId(readItem({ id }))).toBe(true)
})

test.each([undefined, null, '', 5])('the id %j is missing rather than unusable', (id) => {
  expect(hasUnusableId(readItem({ id }))).toBe(false)
})

test.each([
  '...',
  '%2e%2e',
  '.%2e',
  '/',
  '?',
  '#',
  'a/../b',
  ' ',
  '\u{1f600}',
  '__proto__',
  'x'.repeat(1_000),
])('the id %j names one segment of an address, and is kept', (id) => {
  expect(readItem({ id }).id).toBe(id)
  expect(hasUnusableId(readItem({ id }))).toBe(false)
  const { pathname, search, hash } = new URL(
    `https://graph.example.test/me/${encodeURIComponent(id)}?$top=1#`,
  )
  expect(decodeURIComponent(pathname)).toBe(`/me/${id}`)
  expect([search, hash]).toEqual(['?$top=1', ''])
})
