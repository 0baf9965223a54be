import { assign, setup } from 'xstate'
import type { SnapshotFrom } from 'xstate'
import type { StartingCommand } from '../domain/commands.ts'
import type { Completion, EventType, Envelope, Held, SkipCounts } from '../domain/events.ts'
import type { FailureCode, FailureDetails } from '../domain/failures.ts'

/** The recorded facts that can change what happens to an attempt; the others leave every state as it is. */
export type AccountEventType = Exclude<EventType, 'report.ignored' | 'list.checkpointed'>

/** What the machine reads of an envelope. */
export type AccountEvent = {
  [T in AccountEventType]: Pick<Extract<Envelope, { type: T }>, 'type' | 'attempt' | 'data' | 'time'>
}[AccountEventType]

/** Small, JSON, no personal data: it is shown to inspectors as it is. */
export interface AccountContext {
  readonly attempt: { readonly id: string; readonly number: number; readonly by: StartingCommand } | null
  readonly accountKey: string | null
  /** The list on the device, whatever happens to attempts. Null only before the first import and after a sign-out. */
  readonly list: {
    readonly count: number
    readonly available: number
    readonly capped: boolean
    readonly completedAt: string
  } | null
  /** Why the last attempt failed. */
  readonly code: FailureCode | null
  readonly details: FailureDetails
  readonly held: Held | null
  /** Of the running attempt. */
  readonly counts: {
    /** What the source said it has. */
    readonly expected: number | null
    readonly pages: number
    readonly contacts: number
    readonly skipped: number
  }
}

/** The work that a state calls for. */
export type Task = 'signIn' | 'fetch'

const unlinked: AccountContext = {
  attempt: null,
  accountKey: null,
  list: null,
  code: null,
  details: {},
  held: null,
  counts: { expected: null, pages: 0, contacts: 0, skipped: 0 },
}

const sum = (counts: SkipCounts) => Object.values(counts).reduce((total, count) => total + count, 0)

const startedBy = (event: AccountEvent): StartingCommand | null =>
  event.type === 'attempt.requested' && event.attempt !== null ? event.data.by : null

const listOf = (completion: Completion, time: string) => ({
  count: completion.imported,
  available: completion.available,
  capped: completion.outcome === 'capped',
  completedAt: time,
})

const base = setup({
  types: {
    context: {} as AccountContext,
    events: {} as AccountEvent,
    meta: {} as { task: Task },
    tags: {} as 'busy',
  },
  guards: {
    isSignIn: ({ event }) => startedBy(event) === 'signIn',
    isRestart: ({ event }) => startedBy(event) === 'restart',
    isRefreshOfList: ({ context, event }) => startedBy(event) === 'refresh' && context.list !== null,
    isCurrent: ({ context, event }) => event.attempt !== null && event.attempt === context.attempt?.id,
    isCurrentAndCapped: ({ context, event }) =>
      event.attempt !== null &&
      event.attempt === context.attempt?.id &&
      'outcome' in event.data &&
      event.data.outcome === 'capped',
    isHeld: ({ context, event }) => event.attempt === context.attempt?.id && context.held !== null,
    isHeldAndCapped: ({ context, event }) =>
      event.attempt === context.attempt?.id && context.held?.completion.outcome === 'capped',
    isNextPage: ({ context, event }) =>
      (event.type === 'page.fetched' || event.type === 'changes.fetched') &&
      event.attempt === context.attempt?.id &&
      event.data.page === context.counts.pages + 1,
  },
  actions: {
    begin: assign(({ event }) =>
      event.type === 'attempt.requested' && event.attempt !== null
        ? {
            attempt: { id: event.attempt, number: event.data.number, by: event.data.by },
            code: null,
            details: {},
            held: null,
            counts: unlinked.counts,
          }
        : {},
    ),
    link: assign(({ event }) =>
      event.type === 'consent.granted' ? { accountKey: event.data.accountKey } : {},
    ),
    expect: assign(({ event }) =>
      // A listing begins, perhaps anew after an interruption: what an earlier one counted is void.
      event.type === 'contacts.counted' ? { counts: { ...unlinked.counts, expected: event.data.count } } : {},
    ),
    count: assign(({ context: { counts }, event }) => {
      if (event.type !== 'page.fetched' && event.type !== 'changes.fetched') return {}
      const contacts = event.type === 'page.fetched' ? event.data.contacts : event.data.upserted
      return {
        counts: {
          expected: counts.expected,
          pages: event.data.page,
          contacts: counts.contacts + contacts,
          skipped: counts.skipped + sum(event.data.skipped),
        },
      }
    }),
    complete: assign(({ event }) =>
      event.type === 'attempt.completed' || event.type === 'removal.approved'
        ? { list: listOf(event.data, event.time), code: null, details: {}, held: null }
        : {},
    ),
    hold: assign(({ event }) =>
      event.type === 'removal.held' ? { code: 'removal-held' as const, details: {}, held: event.data } : {},
    ),
    fail: assign(({ event }) => {
      if (event.type !== 'attempt.failed') return {}
      const { code, ...details } = event.data
      return { code, details }
    }),
    unlink: assign(unlinked),
  },
})

const refreshOrRestart = [
  { guard: 'isRefreshOfList', target: 'fetching', actions: 'begin' },
  { guard: 'isRestart', target: 'consenting', actions: 'begin' },
] as const

/**
 * The statechart of one linked account: what is happening to its attempt. Fed with recorded facts only, so
 * it needs no I/O, no clock and no randomness, and a replay is the same as the first run.
 */
export const linkedAccount = base.createMachine({
  id: 'linkedAccount',
  context: unlinked,
  initial: 'idle',
  on: { 'account.signed-out': { target: '.idle', actions: 'unlink' } },
  states: {
    idle: {
      on: { 'attempt.requested': { guard: 'isSignIn', target: 'consenting', actions: 'begin' } },
    },
    consenting: {
      tags: 'busy',
      meta: { task: 'signIn' },
      on: {
        'consent.granted': { guard: 'isCurrent', target: 'fetching', actions: 'link' },
        'attempt.failed': { guard: 'isCurrent', target: 'failed', actions: 'fail' },
        'attempt.cancelled': { guard: 'isCurrent', target: 'cancelled' },
      },
    },
    cancelled: { on: { 'attempt.requested': refreshOrRestart } },
    fetching: {
      tags: 'busy',
      meta: { task: 'fetch' },
      on: {
        'contacts.counted': { guard: 'isCurrent', actions: 'expect' },
        'page.fetched': { guard: 'isNextPage', actions: 'count' },
        'changes.fetched': { guard: 'isNextPage', actions: 'count' },
        'attempt.completed': [
          { guard: 'isCurrentAndCapped', target: 'capped', actions: 'complete' },
          { guard: 'isCurrent', target: 'imported', actions: 'complete' },
        ],
        'removal.held': { guard: 'isCurrent', target: 'failed', actions: 'hold' },
        'attempt.failed': { guard: 'isCurrent', target: 'failed', actions: 'fail' },
        'attempt.cancelled': { guard: 'isCurrent', target: 'cancelled' },
      },
    },
    capped: { on: { 'attempt.requested': refreshOrRestart } },
    failed: {
      on: {
        'attempt.requested': refreshOrRestart,
        'removal.approved': [
          { guard: 'isHeldAndCapped', target: 'capped', actions: 'complete' },
          { guard: 'isHeld', target: 'imported', actions: 'complete' },
        ],
      },
    },
    imported: { on: { 'attempt.requested': refreshOrRestart } },
  },
})

/** A snapshot of the machine: its state and context. */
export type AccountSnapshot = SnapshotFrom<typeof linkedAccount>

/** What is happening to the attempt of a source. */
export type StateName = AccountSnapshot['value']
