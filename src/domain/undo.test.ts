import { expect, test } from 'vitest'
import { sampleContact, sampleContacts } from '../testing/sample-contacts.ts'
import type { Contact } from './contact.ts'
import { undoOf, WHOLE_IN_UNDO } from './undo.ts'

const listOf = (contacts: readonly Contact[]) => new Map(contacts.map((contact) => [contact.id, contact]))

test('has what was added, and the earlier versions of what was updated or removed', () => {
  const before = sampleContacts(4)
  const changed = sampleContact('c2', { version: 'c2-2', nickname: 'New' })
  const after = [sampleContact('c1'), changed, sampleContact('new')]
  expect(undoOf(listOf(before), listOf(after))).toEqual({ added: ['new'], replaced: before.slice(1) })
})

test('keeps nothing if nothing changed or there was no earlier list', () => {
  expect(undoOf(listOf(sampleContacts(2)), listOf(sampleContacts(2)))).toBeNull()
  expect(undoOf(new Map(), listOf(sampleContacts(2)))).toBeNull()
})

test('keeps no contacts that have only a new version, however many there are', () => {
  const before = sampleContacts(WHOLE_IN_UNDO + 1)
  const after = before.map((contact) => ({ ...contact, version: `${contact.version}-2` }))
  expect(undoOf(listOf(before), listOf(after))).toBeNull()
  const [first, ...others] = after
  const changed = { ...first, nickname: 'New' } as Contact
  const undo = undoOf(listOf(before), listOf([changed, ...others]))
  expect(undo).toEqual({ added: [], replaced: before.slice(0, 1) })
})

test('keeps only the ids of added contacts', () => {
  const before = listOf(sampleContacts(1))
  const undo = undoOf(before, listOf(sampleContacts(2)))
  expect(undo).toEqual({ added: ['c2'], replaced: [] })
})

test('keeps only the names if very many contacts are replaced at once', () => {
  const phones = [{ value: '+1 206 555 0100', kind: 'work' }] as const
  const before = sampleContacts(WHOLE_IN_UNDO + 1).map((contact) => ({ ...contact, phones }))
  const undo = undoOf(listOf(before), new Map())
  expect(undo).toMatchObject({ isNamesOnly: true })
  expect(undo?.replaced.map(({ name }) => name)).toEqual(before.map(({ name }) => name))
  expect(undo?.replaced.flatMap((contact) => contact.phones)).toEqual([])
  expect(undoOf(listOf(before.slice(1)), new Map())).not.toHaveProperty('isNamesOnly')
})

test('with a name, keeps only what identifies the contact and its version', () => {
  const organization = { name: 'Lee Ltd' }
  const full = {
    ...sampleContact('a', { organization }),
    emails: [{ address: 'ann@example.test' }],
    addresses: [{ kind: 'home', city: 'Oslo' }],
    ims: ['ann'],
    categories: ['friends'],
    note: 'tall',
  } as const
  const bare = { ...sampleContact('b') }
  Reflect.deleteProperty(bare, 'version')
  const undo = undoOf(listOf([...sampleContacts(WHOLE_IN_UNDO), full, bare]), new Map())
  const [a, b] = undo?.replaced.slice(-2) ?? []
  const { modified: _, ...named } = sampleContact('a', { organization })
  expect(a).toStrictEqual(named)
  expect(b).not.toHaveProperty('version')
  expect(b).not.toHaveProperty('organization')
})
