import { expect, test } from 'vitest'
import type { Fact } from '../domain/events.ts'
import { fact, recorded } from '../testing/sample-facts.ts'
import { foldCompactionBases, noCompactionBases } from './compaction-basis.ts'

const basisOf = (...facts: readonly Fact[]) => {
  const { microsoft365 } = recorded(facts).reduce(foldCompactionBases, noCompactionBases)
  if (!microsoft365) throw new Error('nothing was recorded')
  return microsoft365
}

const page = (contacts: number, attempt = 'a1'): Fact =>
  ({ ...fact.page(1, attempt), data: { page: 1, contacts, skipped: {} } }) as Fact

const changes = (upserted: number, removed = 0, attempt = 'a1'): Fact => ({
  stream: 'microsoft365',
  attempt,
  type: 'changes.fetched',
  data: { page: 1, upserted, removed, skipped: { 'no-id': 1, 'malformed-field': 2 } },
})

const checkpoint = (number: number, of: number, contacts = 5): Fact => ({
  stream: 'microsoft365',
  attempt: null,
  type: 'list.checkpointed',
  data: { page: number, of, contacts },
})

const ignored: Fact = {
  stream: 'microsoft365',
  attempt: 'a0',
  type: 'report.ignored',
  data: { report: 'page.fetched' },
}

const approved = { ...fact.completed(), type: 'removal.approved' } as Fact

/** Positions 1 to 5; the list begins with `contacts.counted` at 3. */
const listing = [fact.requested(), fact.granted(), fact.counted(), page(4), fact.completed()]

test('a list is built from its complete listing, once that is completed', () => {
  expect(basisOf(...listing.slice(0, -1))).toMatchObject({ from: 0, replaced: [] })
  expect(basisOf(...listing)).toEqual({
    from: 3,
    changed: 0,
    recorded: [{ position: 4, contacts: 4 }],
    replaced: [],
    pending: null,
    attempt: { listedFrom: null, isOnList: false, changed: 0 },
  })
})

test('a second listing replaces the pages before it', () => {
  const again = [fact.requested('restart', 'a2'), fact.counted(9, 'a2'), page(9), fact.completed({}, 'a2')]
  expect(basisOf(...listing, ...again)).toMatchObject({
    from: 7,
    recorded: [{ position: 8, contacts: 9 }],
    replaced: [{ position: 4, contacts: 4 }],
  })
})

test('a listing that restarts within its attempt voids the pages before it', () => {
  const facts = [fact.requested(), fact.counted(), page(4), changes(2), fact.counted(), page(9)]
  expect(basisOf(...facts).attempt).toEqual({ listedFrom: 5, isOnList: false, changed: 0 })
  expect(basisOf(...facts, fact.completed())).toMatchObject({ from: 5, changed: 0 })
})

test('a page without a count before it begins the listing', () => {
  expect(basisOf(fact.requested(), page(4), page(4), fact.completed())).toMatchObject({
    from: 2,
    recorded: [
      { position: 2, contacts: 4 },
      { position: 3, contacts: 4 },
    ],
  })
})

test('a page after changes to the current list does not begin a listing', () => {
  const facts = [...listing, fact.requested('refresh', 'a2'), changes(2), page(1), fact.completed()]
  expect(basisOf(...facts)).toMatchObject({ from: 3, changed: 5 })
})

test('the changes of refreshes add up: contacts that were added, removed or unreadable', () => {
  const refresh = [fact.requested('refresh', 'a2'), changes(10, 4), changes(3), fact.completed()]
  expect(basisOf(...listing, ...refresh)).toMatchObject({ from: 3, changed: 23 })
  expect(basisOf(...listing, ...refresh, ...refresh)).toMatchObject({
    from: 3,
    changed: 46,
    recorded: [4, 10, 3, 10, 3].map((contacts) => ({ contacts })),
  })
})

test('changes to the pages of a listing count as changes to the resulting list', () => {
  const [request, grant, count, ...rest] = listing as [Fact, Fact, Fact, ...Fact[]]
  const begun = basisOf(request, grant, count, changes(2))
  expect(begun.attempt).toEqual({ listedFrom: 3, isOnList: false, changed: 5 })
  expect(basisOf(request, grant, count, changes(2), ...rest)).toMatchObject({ from: 3, changed: 5 })
})

test.each([
  ['failed', fact.failed()],
  ['was cancelled', fact.cancelled()],
])('changes of an attempt that %s do not count, although they are in the store', (_, end) => {
  const facts = [...listing, fact.requested('refresh', 'a2'), changes(2), end]
  expect(basisOf(...facts)).toMatchObject({
    from: 3,
    changed: 0,
    attempt: { listedFrom: null, isOnList: false, changed: 0 },
    recorded: [
      { position: 4, contacts: 4 },
      { position: 7, contacts: 2 },
    ],
  })
})

test('a new attempt does not count the changes of the previous one', () => {
  const abandoned = [fact.requested('refresh', 'a2'), changes(2)]
  const next = [fact.requested('refresh', 'a3'), fact.completed({}, 'a3')]
  expect(basisOf(...listing, ...abandoned, ...next)).toMatchObject({ from: 3, changed: 0 })
})

test('a held removal counts once it is approved', () => {
  const held = [...listing, fact.requested('refresh', 'a2'), changes(2), fact.held()]
  expect(basisOf(...held)).toMatchObject({ changed: 0, attempt: { changed: 5 } })
  expect(basisOf(...held, approved)).toMatchObject({ from: 3, changed: 5, attempt: { changed: 0 } })
})

test('a checkpoint replaces everything before its first page once its last page is recorded', () => {
  const facts = [...listing, fact.requested('refresh', 'a2'), changes(2), fact.completed({}, 'a2')]
  const first = checkpoint(1, 3)
  expect(basisOf(...facts, first)).toMatchObject({
    from: 3,
    changed: 5,
    pending: { page: 1, of: 3, from: 9, last: 9 },
  })
  expect(basisOf(...facts, first, checkpoint(2, 3))).toMatchObject({
    from: 3,
    pending: { page: 2, of: 3, from: 9, last: 10 },
  })
  expect(basisOf(...facts, first, checkpoint(2, 3), checkpoint(3, 3))).toEqual({
    from: 9,
    changed: 0,
    recorded: [9, 10, 11].map((position) => ({ position, contacts: 5 })),
    replaced: [
      { position: 4, contacts: 4 },
      { position: 7, contacts: 2 },
    ],
    pending: null,
    attempt: { listedFrom: null, isOnList: false, changed: 0 },
  })
})

test('a checkpoint of one page takes effect immediately', () => {
  expect(basisOf(...listing, checkpoint(1, 1))).toMatchObject({ from: 6, pending: null })
})

test('a page that does not continue the checkpoint ends it, but is recorded', () => {
  const basis = basisOf(...listing, checkpoint(1, 3), checkpoint(3, 3))
  expect(basis).toMatchObject({ from: 3, pending: null })
  expect(basis.recorded.at(-1)).toEqual({ position: 7, contacts: 5 })
})

test('any event in between ends a checkpoint, except an ignored report and what the person said', () => {
  const begun = [...listing, checkpoint(1, 2)]
  expect(basisOf(...begun, fact.requested('refresh', 'a2'), checkpoint(2, 2))).toMatchObject({ from: 3 })
  expect(basisOf(...begun, fact.granted(), checkpoint(2, 2))).toMatchObject({ from: 3, pending: null })
  for (const between of [ignored, fact.identified()])
    expect(basisOf(...begun, between, checkpoint(2, 2))).toMatchObject({ from: 6, pending: null })
})

test('a checkpoint that restarts counts from its new beginning', () => {
  const facts = [...listing, checkpoint(1, 2), checkpoint(1, 2)]
  expect(basisOf(...facts)).toMatchObject({ pending: { page: 1, of: 2, from: 7, last: 7 } })
  expect(basisOf(...facts, checkpoint(2, 2))).toMatchObject({ from: 7 })
})

test('after a sign-out there is nothing to compact', () => {
  expect(basisOf(...listing, checkpoint(1, 2), fact.signedOut())).toEqual({
    from: 0,
    changed: 0,
    recorded: [],
    replaced: [],
    pending: null,
    attempt: { listedFrom: null, isOnList: false, changed: 0 },
  })
})

test('sources are kept apart, and an event without an effect returns the same object', () => {
  const bases = recorded(listing).reduce(foldCompactionBases, noCompactionBases)
  const [other, late, held] = recorded([{ ...fact.counted(), stream: 'google' }, ignored, fact.held()])
  const both = foldCompactionBases(bases, other!)
  expect(both.microsoft365).toBe(bases.microsoft365)
  expect(both.google?.attempt.listedFrom).toBe(1)
  expect(foldCompactionBases(bases, late!)).toBe(bases)
  expect(foldCompactionBases(bases, held!)).toBe(bases)
})
