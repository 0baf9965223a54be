import type { StartingCommand } from '../domain/commands.ts'
import type { Completion, Fact, RecordedEvent } from '../domain/events.ts'
import type { FailureCode } from '../domain/failures.ts'

const about = (attempt: string) => ({ stream: 'microsoft365', attempt }) as const

export const completion = (more: Partial<Completion> = {}): Completion => ({
  outcome: 'imported',
  imported: 3,
  available: 3,
  skipped: 0,
  incomplete: 0,
  added: 3,
  updated: 0,
  removed: 0,
  displaced: 0,
  verified: true,
  ...more,
})

/** Facts of one Microsoft account, with defaults for everything that a test does not set. */
export const fact = {
  requested: (by: StartingCommand = 'signIn', attempt = 'a1', number = 1): Fact => ({
    ...about(attempt),
    type: 'attempt.requested',
    data: { by, number },
  }),
  granted: (attempt = 'a1', accountKey: string | null = 'key'): Fact => ({
    ...about(attempt),
    type: 'consent.granted',
    data: { accountKey },
  }),
  counted: (count: number | null = 3, attempt = 'a1'): Fact => ({
    ...about(attempt),
    type: 'contacts.counted',
    data: { count },
  }),
  page: (page = 1, attempt = 'a1'): Fact => ({
    ...about(attempt),
    type: 'page.fetched',
    data: { page, contacts: 3, skipped: {} },
  }),
  completed: (more: Partial<Completion> = {}, attempt = 'a1'): Fact => ({
    ...about(attempt),
    type: 'attempt.completed',
    data: completion(more),
  }),
  held: (attempt = 'a1'): Fact => ({
    ...about(attempt),
    type: 'removal.held',
    data: { removes: 100, of: 300, completion: completion({ imported: 200, removed: 100 }) },
  }),
  failed: (code: FailureCode = 'offline', attempt = 'a1'): Fact => ({
    ...about(attempt),
    type: 'attempt.failed',
    data: { code },
  }),
  cancelled: (attempt = 'a1'): Fact => ({ ...about(attempt), type: 'attempt.cancelled', data: {} }),
  identified: (contact = 'key-of-c1'): Fact => ({
    stream: 'microsoft365',
    attempt: null,
    type: 'identity.decided',
    data: { decision: 'd1', with: 'google', isSame: true },
    payload: { contact },
  }),
  signedOut: (): Fact => ({ stream: 'microsoft365', attempt: null, type: 'account.signed-out', data: {} }),
}

/** The facts that lead to each state. */
export const story = {
  consenting: [fact.requested()],
  cancelled: [fact.requested(), fact.cancelled()],
  fetching: [fact.requested(), fact.granted()],
  imported: [fact.requested(), fact.granted(), fact.counted(), fact.page(), fact.completed()],
  capped: [
    fact.requested(),
    fact.granted(),
    fact.page(),
    fact.completed({ outcome: 'capped', imported: 10_000, available: 12_345 }),
  ],
  failed: [fact.requested(), fact.failed('consent-declined')],
}

/** Facts as a store returns them, a minute apart, the first at position 1. */
export const recorded = (facts: readonly Fact[]): readonly RecordedEvent[] =>
  facts.map((each, index) => ({
    ...each,
    position: index + 1,
    version: 1,
    id: `${index + 1}`,
    time: new Date(Date.UTC(2026, 0, 1, 0, index + 1)).toISOString(),
  }))
