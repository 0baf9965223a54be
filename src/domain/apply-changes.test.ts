import { expect, test } from 'vitest'
import { sampleContact } from '../testing/sample-contacts.ts'
import type { SkippedContact } from './contact.ts'
import { applyChanges } from './apply-changes.ts'
import type { KnownMailbox } from './apply-changes.ts'

const nothing = { removed: [], upserted: [], skipped: [] }

const known = (ids: readonly string[], skipped: readonly SkippedContact[] = []): KnownMailbox => ({
  contacts: new Map(ids.map((id) => [id, sampleContact(id)])),
  skipped,
})

const unread = (id?: string, folder?: string): SkippedContact => ({
  reason: 'malformed-field',
  ...(id !== undefined && { id }),
  ...(folder !== undefined && { folder }),
})

const told = ({ contacts, skipped }: KnownMailbox) => ({
  contacts: [...contacts.keys()],
  skipped: skipped.map(({ id }) => id),
})

test('a contact that can no longer be read leaves the list, until it can be read again', () => {
  const unreadable = applyChanges(known(['a', 'b']), { ...nothing, skipped: [unread('a')] })
  expect(told(unreadable)).toEqual({ contacts: ['b'], skipped: ['a'] })
  const readable = applyChanges(unreadable, { ...nothing, upserted: [sampleContact('a')] })
  expect(told(readable)).toEqual({ contacts: ['b', 'a'], skipped: [] })
})

test('a contact stays skipped if the changes do not mention it, and counts once', () => {
  const before = known(['a'], [unread('b'), unread()])
  const after = applyChanges(before, { ...nothing, skipped: [unread('b'), unread('c'), unread()] })
  expect(told(after)).toEqual({ contacts: ['a'], skipped: ['b', undefined, 'c', undefined] })
})

test('contacts skipped without an id are all counted, because they cannot be distinguished', () => {
  const before = known([], [unread(), unread(), unread()])
  const after = applyChanges(before, { ...nothing, skipped: [unread(), unread(), unread()] })
  expect(after.skipped).toHaveLength(6)
})

test('a removed contact is no longer counted as skipped, unless it has only moved', () => {
  const before = known([], [unread('a'), unread('b', 'friends'), unread('c', 'friends')])
  const removed = [{ id: 'a' }, { id: 'b', folder: 'friends' }, { id: 'c', folder: 'family' }]
  expect(told(applyChanges(before, { ...nothing, removed }))).toEqual({ contacts: [], skipped: ['c'] })
})

test('a contact that one report removes and also adds is in the list', () => {
  const changes = { ...nothing, removed: [{ id: 'a' }], upserted: [sampleContact('a')] }
  expect(told(applyChanges(known(['a']), changes)).contacts).toEqual(['a'])
})

test('a result can be the basis of several different changes', () => {
  const before = applyChanges(known([]), { ...nothing, skipped: [unread('a'), unread()] })
  const one = applyChanges(before, { ...nothing, skipped: [unread('b'), unread()] })
  const other = applyChanges(before, { ...nothing, removed: [{ id: 'a' }], skipped: [unread('c')] })
  expect(told(before).skipped).toEqual(['a', undefined])
  expect(told(one).skipped).toEqual(['a', undefined, 'b', undefined])
  expect(told(other).skipped).toEqual([undefined, 'c'])
})

test('folding a page of skipped contacts does not visit those of earlier pages again', () => {
  let looks = 0
  const watched = (id: string): SkippedContact => ({
    reason: 'unreadable',
    get id() {
      looks++
      return id
    },
  })
  let mailbox = applyChanges(known([]), { ...nothing, skipped: [watched('first')] })
  const perContact = looks
  for (let page = 0; page < 20; page++) {
    const skipped = Array.from({ length: 10 }, (_, index) => watched(`${page} ${index}`))
    mailbox = applyChanges(mailbox, { ...nothing, skipped })
  }
  expect(mailbox.skipped).toHaveLength(201)
  expect(looks).toBeLessThanOrEqual(201 * perContact)
})
