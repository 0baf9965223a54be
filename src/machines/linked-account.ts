import { and, assertEvent, assign, setup } from 'xstate'
import type { SnapshotFrom } from 'xstate'
import type { StartingCommand } from '../domain/commands.ts'
import type { Completion, EventType, Envelope, Held, SkipCounts } from '../domain/events.ts'
import type { FailureCode, FailureDetails } from '../domain/failures.ts'

/** The recorded facts that the machine accepts. The others change no state. */
export type AccountEventType = Exclude<EventType, 'report.ignored' | 'list.checkpointed' | 'identity.decided'>

/** The part of an envelope that the machine reads. */
export type AccountEvent = {
  [T in AccountEventType]: Pick<Extract<Envelope, { type: T }>, 'type' | 'attempt' | 'data' | 'time'>
}[AccountEventType]

/** Small, JSON, without personal data: inspectors show it unchanged. */
export interface AccountContext {
  readonly attempt: { readonly id: string; readonly number: number; readonly by: StartingCommand } | null
  readonly accountKey: string | null
  /** The list on the device, which outlives attempts. Null before the first import and after a sign-out. */
  readonly list: {
    readonly count: number
    readonly available: number
    /** With a field that could not be read as a whole. */
    readonly incomplete: number
    readonly capped: boolean
    readonly completedAt: string
  } | null
  /** Why the last attempt failed. */
  readonly code: FailureCode | null
  readonly details: FailureDetails
  readonly held: Held | null
  /** Counts of the running attempt. */
  readonly counts: {
    /** Number of contacts that the source announced; null if it gave no usable number. */
    readonly expected: number | null
    readonly pages: number
    readonly contacts: number
    readonly skipped: number
  }
}

/** The work that a busy state calls for. */
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

const listOf = (completion: Completion, time: string) => ({
  count: completion.imported,
  available: completion.available,
  incomplete: completion.incomplete,
  capped: completion.outcome === 'capped',
  completedAt: time,
})

const isStartedBy = (event: AccountEvent, command: StartingCommand): boolean => {
  assertEvent(event, 'attempt.requested')
  return event.attempt !== null && event.data.by === command
}

const base = setup({
  types: {
    context: {} as AccountContext,
    events: {} as AccountEvent,
    meta: {} as { task: Task },
    tags: {} as 'busy',
  },
  guards: {
    isSignIn: ({ event }) => isStartedBy(event, 'signIn'),
    isRestart: ({ event }) => isStartedBy(event, 'restart'),
    isRefresh: ({ event }) => isStartedBy(event, 'refresh'),
    hasList: ({ context }) => context.list !== null,
    isCurrent: ({ context, event }) => event.attempt === context.attempt?.id,
    isCapped: ({ event }) => {
      assertEvent(event, 'attempt.completed')
      return event.data.outcome === 'capped'
    },
    hasHeldRemoval: ({ context }) => context.held !== null,
    isCappedOnceApproved: ({ context }) => context.held?.completion.outcome === 'capped',
    followsLastPage: ({ context, event }) => {
      assertEvent(event, ['page.fetched', 'changes.fetched'])
      return event.data.page === context.counts.pages + 1
    },
    // Combined guards have their own names: an `and` within the chart is a function, which would be missing in
    // the JSON that Stately's editor and inspector read.
    isRefreshOfList: and(['isRefresh', 'hasList']),
    isCurrentAndCapped: and(['isCurrent', 'isCapped']),
    isHeld: and(['isCurrent', 'hasHeldRemoval']),
    isHeldAndCapped: and(['isCurrent', 'isCappedOnceApproved']),
    isNextPage: and(['isCurrent', 'followsLastPage']),
  },
  actions: {
    begin: assign(({ event }) => {
      assertEvent(event, 'attempt.requested')
      const { attempt: id, data } = event
      return {
        // Only for the types: the guards reject requests without an attempt.
        attempt: id === null ? null : { id, number: data.number, by: data.by },
        code: null,
        details: {},
        held: null,
        counts: unlinked.counts,
      }
    }),
    link: assign(({ event }) => {
      assertEvent(event, 'consent.granted')
      return { accountKey: event.data.accountKey }
    }),
    expect: assign(({ event }) => {
      assertEvent(event, 'contacts.counted')
      // A complete listing begins, perhaps for the second time: the pages counted so far are void.
      return { counts: { ...unlinked.counts, expected: event.data.count } }
    }),
    count: assign(({ context: { counts }, event }) => {
      assertEvent(event, ['page.fetched', 'changes.fetched'])
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
    complete: assign(({ event }) => {
      assertEvent(event, ['attempt.completed', 'removal.approved'])
      return { list: listOf(event.data, event.time), code: null, held: null }
    }),
    hold: assign(({ event }) => {
      assertEvent(event, 'removal.held')
      return { code: 'removal-held' as const, held: event.data }
    }),
    fail: assign(({ event }) => {
      assertEvent(event, 'attempt.failed')
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
 * The statechart of one linked account: what happens to its attempt. It accepts recorded facts only and needs no
 * I/O, clock or randomness, so a replay equals the first run. docs/state-machine.md is its specification.
 */
export const linkedAccount = base.createMachine({
  id: 'linkedAccount',
  context: unlinked,
  initial: 'idle',
  on: { 'account.signed-out': { target: '.idle', actions: 'unlink' } },
  states: {
    idle: {
      description: 'No account is linked.',
      on: { 'attempt.requested': { guard: 'isSignIn', target: 'consenting', actions: 'begin' } },
    },
    consenting: {
      description: 'A sign-in page is open, or access is being renewed without one.',
      tags: 'busy',
      meta: { task: 'signIn' },
      on: {
        'consent.granted': { guard: 'isCurrent', target: 'fetching', actions: 'link' },
        'attempt.failed': { guard: 'isCurrent', target: 'failed', actions: 'fail' },
        'attempt.cancelled': { guard: 'isCurrent', target: 'cancelled' },
      },
    },
    cancelled: {
      description: 'The person stopped the attempt. `restart` begins a new one.',
      on: { 'attempt.requested': refreshOrRestart },
    },
    fetching: {
      description: 'Contacts are on their way. An earlier list stays readable.',
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
    capped: {
      description: '10,000 contacts are on the device, and the source has more.',
      on: { 'attempt.requested': refreshOrRestart },
    },
    failed: {
      description: 'The attempt failed. The `code` of the account says why.',
      on: {
        'attempt.requested': refreshOrRestart,
        'removal.approved': [
          { guard: 'isHeldAndCapped', target: 'capped', actions: 'complete' },
          { guard: 'isHeld', target: 'imported', actions: 'complete' },
        ],
      },
    },
    imported: {
      description: 'All contacts of the source are on the device.',
      on: { 'attempt.requested': refreshOrRestart },
    },
  },
})

/** A snapshot of the machine: its state and context. */
export type AccountSnapshot = SnapshotFrom<typeof linkedAccount>

/** The progress of a source's attempt. */
export type StateName = AccountSnapshot['value']
