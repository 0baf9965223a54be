import { expect, test } from 'vitest'
import type { Fact } from '../domain/events.ts'
import { completion, fact, recorded } from '../testing/sample-facts.ts'
import { foldAttempts, historyOf, noAttempts } from './history.ts'

const folded = (facts: readonly Fact[]) => recorded(facts).reduce(foldAttempts, noAttempts)
const told = (...facts: readonly Fact[]) => historyOf(folded(facts))
const minute = (number: number) => `2026-01-01T00:0${number}:00.000Z`

const changes = (page: number, upserted: number, attempt = 'a1'): Fact => ({
  stream: 'microsoft365',
  attempt,
  type: 'changes.fetched',
  data: { page, upserted, removed: 7, skipped: { 'no-id': 1 } },
})
const page = (number: number, contacts: number): Fact =>
  ({
    ...fact.page(number),
    data: { page: number, contacts, skipped: { 'no-id': 1, 'malformed-field': 2 } },
  }) as Fact
const ignored = (attempt: string): Fact => ({
  stream: 'microsoft365',
  attempt,
  type: 'report.ignored',
  data: { report: 'page.fetched' },
})
const google = (each: Fact): Fact => ({ ...each, stream: 'google' })

test('a running attempt has no end', () => {
  expect(told(fact.requested('restart', 'a1', 4))).toEqual([
    {
      source: 'microsoft365',
      attempt: 'a1',
      number: 4,
      by: 'restart',
      requestedAt: minute(1),
      endedAt: null,
      outcome: 'running',
      code: null,
      details: {},
      expected: null,
      pages: 0,
      fetched: 0,
      skipped: {},
      completion: null,
      isCompleteListing: false,
      ignored: 0,
    },
  ])
})

test('pages and changes of an attempt add up, and its end contains the counts', () => {
  const end = completion({ outcome: 'capped' })
  const [record] = told(
    fact.requested(),
    fact.granted(),
    fact.counted(40),
    page(1, 10),
    changes(2, 5),
    fact.completed({ outcome: 'capped' }),
  )
  expect(record).toMatchObject({
    expected: 40,
    pages: 2,
    fetched: 15,
    skipped: { 'no-id': 2, 'malformed-field': 2 },
    outcome: 'capped',
    completion: end,
    endedAt: minute(6),
  })
})

test('a listing that restarts drops the counts of the pages before it', () => {
  const [record] = told(fact.requested(), fact.counted(40), page(1, 10), fact.counted(41))
  expect(record).toMatchObject({ expected: 41, pages: 0, fetched: 0, skipped: {} })
})

test('a failed attempt has the code and, separately, the details', () => {
  const failed: Fact = {
    stream: 'microsoft365',
    attempt: 'a1',
    type: 'attempt.failed',
    data: { code: 'throttled', status: 429 },
  }
  const [record] = told(fact.requested(), failed)
  expect(record).toMatchObject({ outcome: 'failed', code: 'throttled', endedAt: minute(2) })
  expect(record?.details).toEqual({ status: 429 })
})

test('a cancelled attempt ends without a code', () => {
  const [record] = told(fact.requested(), fact.cancelled())
  expect(record).toMatchObject({ outcome: 'cancelled', code: null, endedAt: minute(2) })
})

test('a held removal ends the attempt, and its approval makes it an import without a failure', () => {
  const facts = [fact.requested(), fact.held()]
  const [held] = told(...facts)
  const counts = completion({ imported: 200, removed: 100 })
  expect(held).toMatchObject({
    outcome: 'held',
    code: 'removal-held',
    completion: counts,
    endedAt: minute(2),
  })
  const [approved] = told(...facts, { ...fact.completed(), type: 'removal.approved' } as Fact)
  expect(approved).toMatchObject({
    outcome: 'imported',
    code: null,
    completion: completion(),
    endedAt: minute(3),
  })
  expect(approved?.details).toEqual({})
})

test('reports that arrive too late are counted for their own attempt, however many attempts ago that was', () => {
  const [first, second, third] = told(
    fact.requested('signIn', 'a1', 1),
    fact.cancelled('a1'),
    fact.requested('restart', 'a2', 2),
    fact.cancelled('a2'),
    fact.requested('restart', 'a3', 3),
    ignored('a1'),
    ignored('a1'),
    ignored('a3'),
  )
  expect(first).toMatchObject({ attempt: 'a1', ignored: 2, outcome: 'cancelled' })
  expect(second).toMatchObject({ attempt: 'a2', ignored: 0, outcome: 'cancelled' })
  expect(third).toMatchObject({ attempt: 'a3', ignored: 1, outcome: 'running' })
})

test('attempts of all sources are in the order in which they were requested, whatever their numbers', () => {
  const history = told(
    fact.requested('refresh', 'm7', 7),
    google(fact.requested('signIn', 'g1', 1)),
    fact.requested('refresh', 'm8', 8),
  )
  expect(history.map(({ attempt }) => attempt)).toEqual(['m7', 'g1', 'm8'])
  const other = told(
    google(fact.requested('signIn', 'g1', 1)),
    fact.requested('refresh', 'm7', 7),
    google(fact.requested('refresh', 'g2', 2)),
  )
  expect(other.map(({ attempt }) => attempt)).toEqual(['g1', 'm7', 'g2'])
})

const atOnce = (...facts: readonly Fact[]) =>
  historyOf(
    recorded(facts)
      .map((event) => ({ ...event, time: minute(1) }))
      .reduce(foldAttempts, noAttempts),
  ).map(({ attempt }) => attempt)

test('attempts requested at the same moment are ordered by their number, then as they were recorded', () => {
  const numbered = [3, 1, 2].map((number) => fact.requested('refresh', `a${number}`, number))
  expect(atOnce(...numbered)).toEqual(['a1', 'a2', 'a3'])
  const [m1, g1] = [fact.requested('signIn', 'm1', 1), google(fact.requested('signIn', 'g1', 1))]
  const [m2, g2] = [fact.requested('signIn', 'm2', 2), google(fact.requested('signIn', 'g2', 2))]
  expect(atOnce(m1, g1, m2, g2)).toEqual(['m1', 'g1', 'm2', 'g2'])
})

test('attempts of a source are in the order of their numbers, even if the clock was ahead', () => {
  const times: Readonly<Record<string, string>> = {
    m1: '2030-01-01T00:00:00.000Z',
    g1: '2026-01-01T00:00:00.000Z',
    m2: '2026-01-02T00:00:00.000Z',
    g2: '2026-01-03T00:00:00.000Z',
    m3: '2026-01-04T00:00:00.000Z',
  }
  const facts = Object.keys(times).map((attempt) => {
    const requested = fact.requested('refresh', attempt, Number(attempt.slice(1)))
    return attempt.startsWith('g') ? google(requested) : requested
  })
  const history = historyOf(
    recorded(facts)
      .map((event) => ({ ...event, time: times[event.attempt ?? ''] ?? '' }))
      .reduce(foldAttempts, noAttempts),
  )
  expect(history.map(({ attempt }) => attempt)).toEqual(['g1', 'm1', 'm2', 'g2', 'm3'])
  expect(history.map(({ requestedAt }) => requestedAt)).toContain(times.m1)
})

test('a sign-out removes the attempts of its source only', () => {
  const history = told(
    fact.requested('signIn', 'm1', 1),
    google(fact.requested('signIn', 'g1', 1)),
    fact.requested('refresh', 'm2', 2),
    google(fact.requested('refresh', 'g2', 2)),
    fact.signedOut(),
  )
  expect(history.map(({ attempt }) => attempt)).toEqual(['g1', 'g2'])
  expect(told(fact.requested(), fact.signedOut(), fact.requested('signIn', 'm9', 1))).toHaveLength(1)
})

test('a report that arrives after a sign-out belongs to no attempt', () => {
  expect(told(fact.requested(), fact.signedOut(), ignored('a1'))).toEqual([])
})

test('events that do not concern an attempt leave the history unchanged', () => {
  const attempts = folded([fact.requested()])
  const checkpoint: Fact = {
    stream: 'microsoft365',
    attempt: null,
    type: 'list.checkpointed',
    data: { page: 1, of: 1, contacts: 3 },
  }
  const requested = { ...fact.requested(), attempt: null }
  for (const event of recorded([fact.granted(), checkpoint, requested]))
    expect(foldAttempts(attempts, event)).toBe(attempts)
})
