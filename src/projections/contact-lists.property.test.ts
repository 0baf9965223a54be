import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareLists } from '../domain/compare-lists.ts'
import type { Contact, Removal, SkippedContact } from '../domain/contact.ts'
import type { Fact, RecordedEvent } from '../domain/events.ts'
import { sampleContact } from '../testing/sample-contacts.ts'
import { fact } from '../testing/sample-facts.ts'
import { contactListsWithin, knownMailbox, noContactLists } from './contact-lists.ts'
import type { ContactList } from './contact-lists.ts'
import { foldCompactionBases, noCompactionBases } from './compaction-basis.ts'

const LIMIT = 5

const recorded = (facts: readonly Fact[]): readonly RecordedEvent[] =>
  facts.map((each, index) => ({
    ...each,
    payload: each.payload ?? null,
    position: index + 1,
    version: 1,
    id: `${index}`,
    time: '2026-01-01T00:00:00Z',
  })) as RecordedEvent[]

const folded = (events: readonly RecordedEvent[]): ContactList => {
  const fold = contactListsWithin(LIMIT)
  const lists = events.reduce((before, event) => fold(before, event), noContactLists)
  if (!lists.microsoft365) throw new Error('nothing was recorded')
  return lists.microsoft365
}

/** The content of a mailbox under one id: a contact, or something that cannot be read. */
type Entry = Contact | SkippedContact
const isRead = (entry: Entry): entry is Contact => !isSkipped(entry)
const isSkipped = (entry: Entry): entry is SkippedContact => 'reason' in entry

const idOf = (number: number) => `c${number}`
const date = fc.integer({ min: 1, max: 9 }).map((day) => `2026-01-0${day}T00:00:00Z`)
const folder = fc.constantFrom('friends', 'family')
const change = fc.record({
  number: fc.nat(11),
  to: fc.oneof(
    { weight: 4, arbitrary: fc.record({ date, folder }) },
    { weight: 1, arbitrary: fc.constant('unreadable' as const) },
    { weight: 2, arbitrary: fc.constant('gone' as const) },
  ),
})
type Change = typeof change extends fc.Arbitrary<infer C> ? C : never
const round = fc.uniqueArray(change, { maxLength: 8, selector: ({ number }) => number })

let versions = 0
const entryOf = ({ number, to }: Change): Entry | null => {
  if (to === 'gone') return null
  const id = idOf(number)
  if (to === 'unreadable') return { id, reason: 'malformed-field' }
  return sampleContact(id, { modified: to.date, folder: to.folder, version: `${id}-${++versions}` })
}

/** Applies a round of changes to the mailbox, and returns what a source would report. */
const apply = (mailbox: Map<string, Entry>, changes: readonly Change[]) => {
  const removed: Removal[] = []
  const entries: Entry[] = []
  for (const each of changes) {
    const id = idOf(each.number)
    const entry = entryOf(each)
    if (entry) {
      mailbox.set(id, entry)
      entries.push(entry)
    } else if (mailbox.delete(id)) removed.push({ id })
  }
  return { removed, upserted: entries.filter(isRead), skipped: entries.filter(isSkipped) }
}

const page = (attempt: string, entries: readonly Entry[], number = 1): Fact =>
  ({
    ...fact.page(number, attempt),
    payload: {
      contacts: entries.filter(isRead),
      skipped: entries.filter(isSkipped),
      cursor: null,
    },
  }) as Fact

const changed = (attempt: string, payload: ReturnType<typeof apply>, number = 1): Fact => ({
  stream: 'microsoft365',
  attempt,
  type: 'changes.fetched',
  data: { page: number, upserted: payload.upserted.length, removed: payload.removed.length, skipped: {} },
  payload: { ...payload, cursor: null },
})

const completed = (attempt: string): Fact =>
  ({ ...fact.completed({}, attempt), payload: { cursor: `after ${attempt}` } }) as Fact

const listing = (attempt: string, mailbox: ReadonlyMap<string, Entry>): Fact[] => {
  const entries = [...mailbox.values()]
  return [
    fact.requested('refresh', attempt),
    fact.counted(entries.length, attempt),
    page(attempt, entries.slice(0, 4)),
    page(attempt, entries.slice(4), 2),
    completed(attempt),
  ]
}

const shown = (list: ContactList) => ({
  contacts: Object.fromEntries(list.contacts),
  beyond: Object.fromEntries(list.beyond),
  skipped: Object.fromEntries(list.skipped.map((each) => [each.id ?? '', each])),
  skips: list.skipped.length,
  counts: compareLists(new Map(), knownMailbox(list), LIMIT),
})

test('changes lead to the same list as a complete listing, also beyond the limit and for unreadable contacts', () => {
  const met = { capped: 0, unread: 0 }
  fc.assert(
    fc.property(fc.array(round, { minLength: 2, maxLength: 8, size: 'max' }), ([first = [], ...rounds]) => {
      const mailbox = new Map<string, Entry>()
      apply(mailbox, first)
      const facts = listing('a0', mailbox)
      rounds.forEach((changes, index) => {
        const attempt = `a${index + 1}`
        const half = Math.ceil(changes.length / 2)
        facts.push(
          fact.requested('refresh', attempt),
          changed(attempt, apply(mailbox, changes.slice(0, half))),
          changed(attempt, apply(mailbox, changes.slice(half)), 2),
          completed(attempt),
        )
        const list = folded(recorded(facts))
        expect(shown(list)).toEqual(shown(folded(recorded(listing('b', mailbox)))))
        if (list.beyond.size > 0) met.capped++
        if (list.skipped.length > 0) met.unread++
      })
    }),
    { numRuns: 500 },
  )
  expect(Math.min(met.capped, met.unread)).toBeGreaterThan(100)
})

/** A checkpoint of the list after these facts, in pages of two contacts. */
const checkpoint = (facts: readonly Fact[]): Fact[] => {
  const { contacts, beyond, skipped, account, cursor } = folded(recorded(facts))
  const all = [...contacts.values(), ...beyond.values()]
  const of = Math.max(1, Math.ceil(Math.max(all.length, skipped.length) / 2))
  return Array.from({ length: of }, (_, index) => {
    const slice = <T>(from: readonly T[]): readonly T[] => from.slice(index * 2, index * 2 + 2)
    return {
      type: 'list.checkpointed',
      stream: 'microsoft365',
      attempt: null,
      data: { page: index + 1, of, contacts: slice(all).length },
      payload: { contacts: slice(all), skipped: slice(skipped), account, cursor },
    }
  })
}

const happening = fc.record({
  changes: round,
  as: fc.constantFrom(
    'listing',
    'changes',
    'changes',
    'changes and a checkpoint',
    'changes and a checkpoint',
    'a checkpoint broken off',
    'two checkpoints at once',
    'a checkpoint with an attempt in its midst',
    'cancelled',
    'failed',
    'held',
    'held and approved',
    'running',
  ),
})

const played = (happenings: readonly (typeof happening extends fc.Arbitrary<infer H> ? H : never)[]) => {
  const mailbox = new Map<string, Entry>()
  const facts: Fact[] = [
    { ...fact.granted(), payload: { account: { id: 'person' } } } as Fact,
    ...listing('a', mailbox),
  ]
  facts.unshift(fact.requested())
  happenings.forEach(({ changes, as }, index) => {
    const attempt = `a${index}`
    const before = new Map(mailbox)
    const report = apply(mailbox, changes)
    const begun = [fact.requested('refresh', attempt), changed(attempt, report)]
    const undo = () => {
      mailbox.clear()
      for (const [id, entry] of before) mailbox.set(id, entry)
    }
    if (as === 'listing') facts.push(...listing(attempt, mailbox))
    else facts.push(...begun)
    if (as === 'held' || as === 'held and approved') facts.push(fact.held(attempt))
    if (as === 'held and approved') facts.push({ ...completed(attempt), type: 'removal.approved' } as Fact)
    if (as === 'cancelled') facts.push(fact.cancelled(attempt))
    if (as === 'failed') facts.push(fact.failed('offline', attempt))
    if (['cancelled', 'failed', 'held', 'running'].includes(as)) {
      undo()
      return
    }
    if (as !== 'listing' && as !== 'held and approved') facts.push(completed(attempt))
    const pages = checkpoint(facts)
    if (as === 'changes and a checkpoint') facts.push(...pages)
    if (as === 'a checkpoint broken off') facts.push(...pages.slice(0, -1))
    if (as === 'a checkpoint with an attempt in its midst' && pages.length > 1) {
      const next = `${attempt}-next`
      const another = { number: 12 + index, to: { date: '2026-01-09T00:00:00Z', folder: 'friends' as const } }
      const first = pages.slice(0, -1)
      facts.push(...first, fact.requested('refresh', next), changed(next, apply(mailbox, [another])))
      const last = pages.slice(-1)
      facts.push(...(index % 2 ? [...last, completed(next)] : [completed(next), ...last]))
    }
    if (as === 'two checkpoints at once') facts.push(...pages.slice(0, 2), ...pages, ...pages.slice(2))
  })
  return { facts, mailbox }
}

const contents = ['page.fetched', 'changes.fetched', 'list.checkpointed']

const withoutContents = (events: readonly RecordedEvent[], before: number) =>
  events.map((event) =>
    contents.includes(event.type) && event.position < before ? { ...event, payload: null } : event,
  )

test('payloads that a newer checkpoint or listing replaced may be dropped, in any history', () => {
  const met = { dropped: 0, checkpoints: 0 }
  fc.assert(
    fc.property(fc.array(happening, { minLength: 1, maxLength: 10, size: 'max' }), (happenings) => {
      const { facts, mailbox } = played(happenings)
      const events = recorded(facts)
      const basis = events.reduce(
        (before, event) => foldCompactionBases(before, event),
        noCompactionBases,
      ).microsoft365
      const from = basis?.from ?? 0
      expect(folded(withoutContents(events, from))).toEqual(folded(events))
      // A crash may have dropped only some of them.
      expect(folded(withoutContents(events, Math.ceil(from / 2)))).toEqual(folded(events))
      const { contacts, skipped } = knownMailbox({ ...folded(events), staged: null })
      expect([...contacts.keys(), ...skipped.map(({ id }) => id)].sort()).toEqual([...mailbox.keys()].sort())
      if (from > 3) met.dropped++
      if (events[from - 1]?.type === 'list.checkpointed') met.checkpoints++
    }),
    { numRuns: 500 },
  )
  expect(Math.min(met.dropped, met.checkpoints)).toBeGreaterThan(100)
})
