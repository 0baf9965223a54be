import { describe, expect, it } from 'vitest'
import type { Contact, Removal, SkippedContact } from '../domain/contact.ts'
import type { Fact, RecordedEvent } from '../domain/events.ts'
import { fact } from '../testing/sample-facts.ts'
import { sampleContact } from '../testing/sample-contacts.ts'
import { foldContactLists, noContactLists } from './contact-lists.ts'

const listed = (contacts: readonly Contact[]): Fact[] => [
  fact.requested(),
  fact.granted(),
  fact.counted(),
  { ...fact.page(), payload: { contacts, skipped: [], cursor: null } } as Fact,
  fact.completed(),
]

const refreshed = (
  upserted: readonly Contact[],
  removed: readonly Removal[],
  skipped: readonly SkippedContact[] = [],
): Fact[] => [
  fact.requested('refresh', 'a2', 2),
  {
    stream: 'microsoft365',
    attempt: 'a2',
    type: 'changes.fetched',
    data: { page: 1, upserted: upserted.length, removed: removed.length, skipped: {} },
    payload: { upserted, removed, skipped, cursor: null },
  },
  fact.completed({}, 'a2'),
]

const listOf = (facts: readonly Fact[]) => {
  const lists = facts
    .map((each, index): RecordedEvent => ({
      ...each,
      position: index + 1,
      version: 1,
      id: `${index}`,
      time: '2026-01-01T00:00:00Z',
    }))
    .reduce(foldContactLists, noContactLists)
  return [...(lists.microsoft365?.contacts.keys() ?? [])]
}

const inFolder = (id: string, folder: string) => sampleContact(id, { folder })

describe('changes to a list', () => {
  const before = [inFolder('ada', 'friends'), inFolder('bob', 'friends'), sampleContact('cyd')]

  it('remove contacts that left the source', () => {
    expect(listOf([...listed(before), ...refreshed([], [{ id: 'ada' }])])).toEqual(['bob', 'cyd'])
  })

  it('remove contacts that can no longer be read, as a complete listing does', () => {
    const skipped: SkippedContact[] = [{ id: 'ada', reason: 'malformed-field' }]
    expect(listOf([...listed(before), ...refreshed([], [], skipped)])).toEqual(['bob', 'cyd'])
  })

  it('remove contacts that left the folder that they were in', () => {
    const removed = [
      { id: 'ada', folder: 'friends' },
      { id: 'cyd', folder: 'friends' },
    ]
    expect(listOf([...listed(before), ...refreshed([], removed)])).toEqual(['bob'])
  })

  it('keep contacts that moved to another folder, in any order of the reports', () => {
    const gone: Removal = { id: 'ada', folder: 'friends' }
    const there = inFolder('ada', 'family')
    expect(listOf([...listed(before), ...refreshed([there], [gone])])).toContain('ada')
    expect(listOf([...listed([there]), ...refreshed([], [gone])])).toEqual(['ada'])
  })
})
