import { expect, test } from 'vitest'
import { sampleContact, sampleContacts } from '../testing/sample-contacts.ts'
import { compareLists, goneFrom } from './compare-lists.ts'
import type { Contact } from './contact.ts'

const listOf = (...contacts: ReturnType<typeof sampleContact>[]) =>
  new Map(contacts.map((contact) => [contact.id, contact]))

const seen = (contacts: ReturnType<typeof listOf>) => ({ contacts, skipped: [{ reason: 'no-id' as const }] })

test('counts added, updated and removed contacts', () => {
  const before = listOf(...sampleContacts(4))
  const after = listOf(
    sampleContact('c1'),
    sampleContact('c2', { version: 'c2-2', nickname: 'New' }),
    sampleContact('new'),
  )
  expect(compareLists(before, seen(after))).toEqual({
    imported: 3,
    available: 3,
    skipped: 1,
    incomplete: 0,
    added: 1,
    updated: 1,
    removed: 2,
    displaced: 0,
    of: 4,
  })
})

test('counts incomplete contacts on the device, not beyond the limit', () => {
  const incomplete = [{ field: 'birthday', reason: 'malformed' }] as const
  const old = { incomplete, modified: '2020-01-01T00:00:00Z' }
  const after = listOf(...sampleContacts(2), sampleContact('new', { incomplete }), sampleContact('old', old))
  expect(compareLists(listOf(sampleContact('c1')), seen(after), 3)).toMatchObject({
    imported: 3,
    incomplete: 1,
  })
})

test('a move to another folder is a change, not a removal', () => {
  const before = listOf(sampleContact('a', { folder: 'one' }))
  const after = listOf(sampleContact('a', { folder: 'two', version: 'a-2' }))
  expect(compareLists(before, seen(after))).toMatchObject({ added: 0, updated: 1, removed: 0 })
})

test('contacts that the limit displaces are not counted as removed', () => {
  const before = listOf(...sampleContacts(3))
  const newer = sampleContacts(2, 'new').map((contact) => ({ ...contact, modified: '2026-02-01T00:00:00Z' }))
  const after = listOf(...sampleContacts(2), ...newer)
  expect(compareLists(before, seen(after), 3)).toMatchObject({
    imported: 3,
    available: 4,
    added: 2,
    removed: 1,
    displaced: 1,
  })
})

const bare = (full: string) => {
  const contact = { ...sampleContact('a', { name: { full } }) }
  Reflect.deleteProperty(contact, 'version')
  return listOf(contact)
}

test('without versions, the content is compared', () => {
  expect(compareLists(bare('Ann'), seen(bare('Ann')))).toMatchObject({ updated: 0 })
  expect(compareLists(bare('Ann'), seen(bare('Anna')))).toMatchObject({ updated: 1 })
})

test('if only one side has a version, the content is compared', () => {
  const versioned = (full: string) => listOf(sampleContact('a', { name: { full } }))
  expect(compareLists(bare('Ann'), seen(versioned('Ann')))).toMatchObject({ updated: 0 })
  expect(compareLists(versioned('Ann'), seen(bare('Ann')))).toMatchObject({ updated: 0 })
  expect(compareLists(bare('Ann'), seen(versioned('Anna')))).toMatchObject({ updated: 1 })
})

test('a new version with the same content is not an update, even with a new modification time', () => {
  const before = sampleContact('a', { version: 'k1', modified: '2026-01-01T00:00:00.000Z' })
  const saved = { ...before, version: 'k2', modified: '2026-02-01T00:00:00.000Z' }
  expect(compareLists(listOf(before), seen(listOf(saved)))).toMatchObject({ added: 0, updated: 0 })
  const changed = { ...saved, nickname: 'Ann' }
  expect(compareLists(listOf(before), seen(listOf(changed)))).toMatchObject({ updated: 1 })
})

test('contacts of equal versions and fields count as equal, and their content is not compared', () => {
  const before = listOf(sampleContact('a', { name: { full: 'Ann' } }))
  const after = listOf(sampleContact('a', { name: { full: 'ANN' } }))
  expect(compareLists(before, seen(after))).toMatchObject({ updated: 0 })
})

test('returns the contacts that the source no longer has', () => {
  const current = listOf(...sampleContacts(3))
  expect(goneFrom(current, listOf(sampleContact('c2'))).map(({ id }) => id)).toEqual(['c1', 'c3'])
})

test('an incomplete contact counts as updated once it is read in full, even if its version is the same', () => {
  const cut = sampleContact('a', { note: 'cut', incomplete: [{ field: 'personalNotes', reason: 'cut' }] })
  const whole = sampleContact('a', { note: 'cut no more' })
  expect(compareLists(listOf(cut), seen(listOf(whole)))).toMatchObject({ updated: 1, incomplete: 0 })
  expect(compareLists(listOf(cut), seen(listOf({ ...cut })))).toMatchObject({ updated: 0, incomplete: 1 })
})

test.each<[string, Partial<Contact>]>([
  ['another field', { anniversary: { month: 5, day: 1 } }],
  ['another number', { phones: [{ value: '+1 206 555 0100', kind: 'pager' }] }],
])('a contact of which %s is now read counts as updated, even if its version is the same', (_, more) => {
  const before = listOf(...sampleContacts(2))
  const after = listOf(sampleContact('c1', more), sampleContact('c2'))
  expect(compareLists(before, seen(after))).toMatchObject({ updated: 1 })
  expect(compareLists(after, seen(before))).toMatchObject({ updated: 1 })
})
