import { expect, test } from 'vitest'
import { sampleContact, sampleContacts } from '../testing/sample-contacts.ts'
import type { Contact } from './contact.ts'
import { undone, undoOf, WHOLE_IN_UNDO } from './undo.ts'

const listOf = (contacts: readonly Contact[]) => new Map(contacts.map((contact) => [contact.id, contact]))

test('goes back over what came, changed and went', () => {
  const before = listOf(sampleContacts(4))
  const after = [sampleContact('c1'), sampleContact('c2', { version: 'c2-2' }), sampleContact('new')]
  const undo = undoOf(before, after)
  expect(undo).toMatchObject({ added: ['new'] })
  expect(undo && undone(listOf(after), undo)).toEqual(before)
})

test('keeps nothing where nothing changed, or nothing was there', () => {
  expect(undoOf(listOf(sampleContacts(2)), sampleContacts(2))).toBeNull()
  expect(undoOf(new Map(), sampleContacts(2))).toBeNull()
})

test('of very much that is replaced at once it keeps the names', () => {
  const phones = [{ value: '+1 206 555 0100', kind: 'work' }] as const
  const before = sampleContacts(WHOLE_IN_UNDO + 1).map((contact) => ({ ...contact, phones }))
  const undo = undoOf(listOf(before), [])
  expect(undo).toMatchObject({ isNamesOnly: true })
  expect(undo?.replaced.map(({ name }) => name)).toEqual(before.map(({ name }) => name))
  expect(undo?.replaced.flatMap((contact) => contact.phones)).toEqual([])
  expect(undoOf(listOf(before.slice(1)), [])).not.toHaveProperty('isNamesOnly')
})
