import { expect, test } from 'vitest'
import type { Contact } from '../domain/contact.ts'
import type { Source } from '../domain/source.ts'
import { sampleContacts } from '../testing/sample-contacts.ts'
import { emptyList, type ContactLists } from './contact-lists.ts'
import { DisplayOrder } from './display-order.ts'
import { partsOfSnapshot, restoreSnapshot, takeSnapshot } from './contact-list-snapshot.ts'

const byId = (count: number, prefix: string) =>
  new Map(sampleContacts(count, prefix).map((contact) => [contact.id, contact]))

const unset = { skipped: [], account: null, cursor: null, folders: [{ id: 'f', name: 'Clients' }] }
const nothing = { ...unset, beyond: new Map(), pending: null }
const staged = { ...unset, attempt: 'a', contacts: null, resumeFrom: 'r', lastPageAt: null }
const lists: ContactLists = {
  microsoft365: {
    ...nothing,
    contacts: byId(1_100, 'm'),
    beyond: byId(600, 'b'),
    cursor: { link: 'l' },
    staged,
  },
  google: { ...nothing, contacts: byId(0, 'g'), staged: { ...staged, contacts: byId(700, 'g') } },
}

const linkingOf = (source: Source) => `linking of ${source}`

const snapshotOf = (taken: ContactLists) => {
  const snapshot = takeSnapshot(taken, new DisplayOrder('en'), linkingOf)
  if (snapshot === null) throw new Error('not taken')
  return snapshot
}

const saved = () => {
  const { data, parts } = snapshotOf(lists)
  const texts = parts.map(({ value }) => JSON.stringify(value))
  return {
    data: JSON.parse(JSON.stringify(data)) as unknown,
    parts: texts.map((text) => () => JSON.parse(text) as unknown),
  }
}

test('lists come back as they were saved, with what is staged', () => {
  const { data, parts } = saved()
  const loaded = restoreSnapshot(data, parts) ?? {}
  for (const source of ['microsoft365', 'google'] as const) {
    const [before, after] = [lists[source]!, loaded[source]!]
    expect({ ...after, contacts: new Map(after.contacts), beyond: new Map(after.beyond) }).toEqual(before)
  }
})

test('a list that is read piece by piece is a Map like any other, of plain contacts', () => {
  const { data, parts } = saved()
  const contacts = restoreSnapshot(data, parts)!.microsoft365!.contacts
  const plain = lists.microsoft365!.contacts
  expect(contacts.size).toBe(plain.size)
  expect(contacts.get('m7')).toEqual(plain.get('m7'))
  expect([contacts.has('m7'), contacts.has('g7')]).toEqual([true, false])
  expect(new Set(contacts.keys())).toEqual(new Set(plain.keys()))
  expect(new Map(contacts.entries())).toEqual(plain)
  const seen: string[] = []
  contacts.forEach((contact, id, all) => seen.push(contact.id === id && all === contacts ? id : '?'))
  expect(seen.toSorted()).toEqual([...plain.keys()].toSorted())
  const shown = new DisplayOrder('en').of({ microsoft365: { ...nothing, contacts, staged: null } })
  expect(structuredClone(shown)).toEqual(shown)
  expect(JSON.parse(JSON.stringify(shown))).toEqual(shown)
})

test('later events change nothing of what is being saved', () => {
  const growing = byId(3, 'g')
  const { parts } = snapshotOf({
    google: { ...nothing, contacts: new Map(), staged: { ...staged, contacts: growing } },
  })
  growing.delete('g1')
  const contacts = parts.flatMap(({ value }) => (Array.isArray(value) ? (value as Contact[]) : []))
  expect(contacts.map(({ id }) => id)).toEqual(['g1', 'g2', 'g3'])
})

test.each([null, 1, 'text', [], {}, { lists: {} }, { locale: 'en', lists: {} }])(
  'JSON that is none of ours is no view: %j',
  (data) => {
    expect(restoreSnapshot(data, [])).toBeNull()
  },
)

test('each part is of one source, and the head has neither a contact nor an account', () => {
  const account = { id: 'secret account', username: 'ada@example.org' }
  const { data, parts } = snapshotOf({ ...lists, google: { ...lists.google!, account } })
  expect(JSON.stringify(data)).not.toMatch(/secret|ada|"m7"|"g7"|link"/)
  expect(partsOfSnapshot(JSON.parse(JSON.stringify(data)))).toEqual(
    parts.map(({ source, linking }) => ({ source, linking })),
  )
  for (const { source, linking, value } of parts) {
    expect(linking).toBe(linkingOf(source))
    const ids = Array.isArray(value) ? (value as Contact[]).map(({ id }) => id[0]) : []
    expect(new Set([...ids, source === 'google' ? 'g' : source[0]]).size).toBeLessThan(3)
  }
})

test('a list that cannot be read is not saved: the log says why', () => {
  for (const unreadable of ['damaged', 'locked', 'lost'] as const)
    expect(
      takeSnapshot({ google: { ...emptyList, unreadable } }, new DisplayOrder('en'), linkingOf),
    ).toBeNull()
})

test('a source that was signed out has no part', () => {
  expect(snapshotOf({ google: emptyList }).parts).toEqual([])
})
