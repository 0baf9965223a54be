import { describe, expect, test } from 'vitest'
import { createActor } from 'xstate'
import type { Fact } from '../domain/events.ts'
import { completion, fact, story } from '../testing/sample-facts.ts'
import { linkedAccount } from './linked-account.ts'
import type { AccountEvent } from './linked-account.ts'

const TIME = '2026-01-01T00:00:00.000Z'
const eventOf = ({ type, attempt, data }: Fact) => ({ type, attempt, data, time: TIME }) as AccountEvent

const after = (...facts: readonly Fact[]) => {
  const actor = createActor(linkedAccount).start()
  for (const each of facts) actor.send(eventOf(each))
  const snapshot = actor.getSnapshot()
  return { state: snapshot.value, ...snapshot.context, takes: (next: Fact) => snapshot.can(eventOf(next)) }
}

const changes = (page: number, attempt = 'a1'): Fact => ({
  type: 'changes.fetched',
  stream: 'microsoft365',
  attempt,
  data: { page, upserted: 5, removed: 2, skipped: { 'no-id': 1 } },
})
const approved = (attempt: string, outcome: 'imported' | 'capped' = 'imported'): Fact => ({
  type: 'removal.approved',
  stream: 'microsoft365',
  attempt,
  data: completion({ outcome, imported: 200, available: 200 }),
})
const held = (outcome: 'imported' | 'capped', attempt = 'a2'): Fact => ({
  type: 'removal.held',
  stream: 'microsoft365',
  attempt,
  data: { removes: 100, of: 300, completion: completion({ outcome, imported: 200 }) },
})
const refreshing = [...story.imported, fact.requested('refresh', 'a2', 2)]
const listed = { count: 3, available: 3, incomplete: 0, capped: false, completedAt: TIME }

describe('pages', () => {
  test('are accepted only in order: no page twice, none too early', () => {
    const second = after(...story.fetching, fact.page(1))
    expect([1, 2, 3].filter((page) => second.takes(fact.page(page)))).toEqual([2])
    expect([1, 2, 3].filter((page) => second.takes(changes(page)))).toEqual([2])
    const first = after(...story.fetching)
    expect([0, 1, 2].filter((page) => first.takes(fact.page(page)))).toEqual([1])
  })

  test('are counted with their contacts, and changes with theirs', () => {
    const { counts } = after(...story.fetching, fact.counted(8), fact.page(1), changes(2), changes(3))
    expect(counts).toEqual({ expected: 8, pages: 3, contacts: 13, skipped: 2 })
  })

  test('add up skipped contacts over all reasons', () => {
    const page: Fact = {
      type: 'page.fetched',
      stream: 'microsoft365',
      attempt: 'a1',
      data: { page: 1, contacts: 3, skipped: { 'no-id': 2, 'malformed-field': 3 } },
    }
    expect(after(...story.fetching, page).counts.skipped).toBe(5)
  })

  test('before a new count are void, because a complete listing begins with it', () => {
    const restarted = after(...story.fetching, fact.counted(8), fact.page(1), fact.page(2), fact.counted(9))
    expect(restarted.counts).toEqual({ expected: 9, pages: 0, contacts: 0, skipped: 0 })
    expect(restarted.takes(fact.page(1))).toBe(true)
  })
})

describe('a request', () => {
  test('begins an attempt without the failure, the held removal and the counts of the previous one', () => {
    const begun = after(
      ...refreshing,
      fact.page(1, 'a2'),
      held('imported'),
      fact.requested('restart', 'a3', 3),
    )
    expect(begun).toMatchObject({
      state: 'consenting',
      attempt: { id: 'a3', number: 3, by: 'restart' },
      code: null,
      details: {},
      held: null,
      counts: { expected: null, pages: 0, contacts: 0, skipped: 0 },
      list: listed,
      accountKey: 'key',
    })
  })

  test('without an attempt id is rejected', () => {
    for (const by of ['signIn', 'restart', 'refresh'] as const) {
      const request = { ...fact.requested(by), attempt: null }
      expect(after().takes(request)).toBe(false)
      expect(after(...story.imported).takes(request)).toBe(false)
    }
  })

  test('is rejected while an attempt is under way', () => {
    for (const facts of [story.consenting, story.fetching, refreshing]) {
      for (const by of ['signIn', 'restart', 'refresh'] as const) {
        expect(after(...facts).takes(fact.requested(by, 'other', 3))).toBe(false)
      }
    }
  })

  test('after a cancel is accepted from restart, and from refresh if there is a list', () => {
    const taken = (...facts: readonly Fact[]) =>
      (['signIn', 'restart', 'refresh'] as const).filter((by) => after(...facts).takes(fact.requested(by)))
    expect(taken(...story.cancelled)).toEqual(['restart'])
    expect(taken(...refreshing, fact.cancelled('a2'))).toEqual(['restart', 'refresh'])
  })
})

describe('the list', () => {
  test('outlives a cancelled, a failed and a held refresh', () => {
    for (const end of [fact.cancelled('a2'), fact.failed('offline', 'a2'), held('imported')]) {
      expect(after(...refreshing, fact.counted(1, 'a2'), fact.page(1, 'a2'), end).list).toEqual(listed)
    }
  })

  test('changes only with the event that completes the attempt, not with the pages before it', () => {
    expect(after(...refreshing, fact.counted(1, 'a2'), fact.page(1, 'a2')).list).toEqual(listed)
    const completed = fact.completed({ outcome: 'capped', imported: 10_000, available: 12_345 }, 'a2')
    expect(after(...refreshing, fact.page(1, 'a2'), completed)).toMatchObject({
      state: 'capped',
      list: { count: 10_000, available: 12_345, incomplete: 0, capped: true, completedAt: TIME },
      code: null,
      held: null,
    })
  })

  test('changes with the approval of a held removal', () => {
    expect(after(...refreshing, held('imported'), approved('a2'))).toMatchObject({
      state: 'imported',
      list: { count: 200, available: 200, capped: false },
      code: null,
      details: {},
      held: null,
    })
    expect(after(...refreshing, held('capped'), approved('a2', 'capped')).state).toBe('capped')
  })

  test('is not changed by an approval if nothing is held, or by one for another attempt', () => {
    expect(after(...refreshing, fact.failed('offline', 'a2')).takes(approved('a2'))).toBe(false)
    expect(after(...refreshing, held('imported')).takes(approved('a1'))).toBe(false)
  })
})

describe('the end of an attempt', () => {
  test('by a failure keeps its code and details', () => {
    const failed: Fact = {
      type: 'attempt.failed',
      stream: 'microsoft365',
      attempt: 'a1',
      data: { code: 'throttled', status: 429 },
    }
    for (const facts of [story.consenting, story.fetching]) {
      expect(after(...facts, failed)).toMatchObject({
        state: 'failed',
        code: 'throttled',
        details: { status: 429 },
      })
    }
  })

  test('by a held removal has its code and keeps the removal', () => {
    const { state, code, held: kept } = after(...refreshing, held('imported'))
    expect([state, code, kept?.removes]).toEqual(['failed', 'removal-held', 100])
  })

  test('is the last event of the attempt that is accepted', () => {
    for (const facts of [story.cancelled, story.failed, story.imported, story.capped]) {
      const ended = after(...facts)
      for (const late of [fact.granted(), fact.counted(), fact.page(), changes(1), fact.completed()]) {
        expect(ended.takes(late)).toBe(false)
      }
      expect(ended.takes(fact.failed())).toBe(false)
      expect(ended.takes(fact.cancelled())).toBe(false)
    }
  })
})

test('a sign-out forgets everything', () => {
  const { takes: _, ...idle } = after()
  for (const facts of [...Object.values(story), [...refreshing, held('imported')]]) {
    expect(after(...facts, fact.signedOut())).toMatchObject(idle)
  }
})

test('a replay from JSON equals the first run', () => {
  const events = [...refreshing, fact.counted(4, 'a2'), fact.page(1, 'a2'), held('capped'), approved('a2')]
  const replayed = JSON.parse(JSON.stringify(events)) as readonly Fact[]
  const { takes: _, ...first } = after(...events)
  const { takes: __, ...second } = after(...replayed)
  expect(second).toEqual(first)
  expect(JSON.parse(JSON.stringify(first))).toEqual(first)
})

describe('an approved removal', () => {
  test.each(['imported', 'capped'] as const)('makes the held list the current one: %s', (outcome) => {
    const {
      state,
      list,
      code,
      held: waiting,
    } = after(...refreshing, fact.page(1, 'a2'), held(outcome), approved('a2', outcome))
    expect({ state, code, waiting }).toEqual({ state: outcome, code: null, waiting: null })
    expect(list).toEqual({
      count: 200,
      available: 200,
      incomplete: 0,
      capped: outcome === 'capped',
      completedAt: TIME,
    })
  })
})
