import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Contact } from '../../domain/contact.ts'
import type { Completion } from '../../domain/events.ts'
import { undoOf } from '../../domain/undo.ts'
import { LazyContacts } from '../../projections/lazy-contacts.ts'
import { sampleContact, sampleContacts } from '../../testing/sample-contacts.ts'
import { pastLists } from './past-lists.ts'

const byId = (contacts: readonly Contact[]) => new Map(contacts.map((contact) => [contact.id, contact]))

/** An attempt that led from one list to the next. */
const swap = (before: readonly Contact[], after: readonly Contact[]) => {
  const undo = undoOf(byId(before), byId(after))
  const completion: Completion = {
    outcome: 'imported',
    imported: after.length,
    available: after.length,
    skipped: 0,
    incomplete: 0,
    added: before.length === 0 ? after.length : 0,
    updated: undo ? 1 : 0,
    removed: 0,
    displaced: 0,
    verified: true,
  }
  return { attempt: 'any', completion, undo }
}

const swapsOf = (lists: readonly (readonly Contact[])[]) =>
  lists.map((after, index) => swap(lists[index - 1] ?? [], after))

const sorted = (contacts: Iterable<Contact>) => [...contacts].sort((a, b) => a.id.localeCompare(b.id))

const first = sampleContacts(4)
const last = [
  sampleContact('c1'),
  sampleContact('c2', { version: 'c2-2', nickname: 'New' }),
  sampleContact('n'),
]

test('every list that the undos lead back to is the one that was there', () => {
  const contact = fc
    .record({ number: fc.nat(7), nickname: fc.constantFrom('Ann', 'Bea') })
    .map(({ number, nickname }) => sampleContact(`c${number}`, { version: nickname, nickname }))
  const list = fc.uniqueArray(contact, { minLength: 1, selector: ({ id }) => id })
  fc.assert(
    fc.property(fc.array(list, { minLength: 1, maxLength: 6 }), (lists) => {
      const past = [...pastLists(byId(lists.at(-1) ?? []), swapsOf(lists))]
      expect(past.map(({ contacts }) => sorted(contacts))).toEqual(lists.map(sorted).toReversed())
    }),
  )
})

test('a list that was saved leads back as well, and none is changed', () => {
  const order = { locale: 'en', nameOrder: 'given-first' } as const
  const saved = new LazyContacts(last.length, order, [() => last])
  const past = [...pastLists(saved, swapsOf([first, last]))]
  expect(past.map(({ contacts }) => sorted(contacts))).toEqual([last, first].map(sorted))
  expect([...saved.values()]).toEqual(last)
})

test('the current list stays as it is', () => {
  const current = byId(last)
  expect([...pastLists(current, swapsOf([first, last]))]).toHaveLength(2)
  expect(current).toEqual(byId(last))
  current.set('later', sampleContact('later'))
  expect(current.size).toBe(last.length + 1)
})
