import { startingCommands } from '../domain/commands.ts'
import { linkedAccount } from '../machines/linked-account.ts'
import type { AccountContext, AccountEvent, StateName } from '../machines/linked-account.ts'
import { completion } from './sample-facts.ts'

const states = Object.keys(linkedAccount.states) as StateName[]

const time = '2026-01-01T00:00:00.000Z'
const list = { count: 300, available: 300, incomplete: 0, capped: false, completedAt: time }
const capped = completion({ outcome: 'capped', imported: 10_000, available: 12_345 })
const holding = (outcome: 'imported' | 'capped') => ({
  removes: 100,
  of: 300,
  completion: outcome === 'capped' ? capped : completion(),
})

/** The contexts in which a state occurs, as far as transitions and commands depend on them. */
const contextsOf = (state: StateName): readonly AccountContext[] => {
  const base: AccountContext = {
    attempt: state === 'idle' ? null : { id: 'now', number: 1, by: 'signIn' },
    accountKey: null,
    list: null,
    code: null,
    details: {},
    held: null,
    counts: { expected: null, pages: 0, contacts: 0, skipped: 0 },
  }
  const listed = { ...base, list }
  switch (state) {
    case 'idle':
      return [base]
    case 'imported':
    case 'capped':
      return [listed]
    case 'failed':
      return [
        { ...base, code: 'offline' },
        { ...listed, code: 'offline' },
        { ...listed, code: 'removal-held', held: holding('imported') },
        { ...listed, code: 'removal-held', held: holding('capped') },
      ]
    default:
      return [base, listed]
  }
}

/** Every state in every context that matters. Tables and definitions are compared in these situations. */
export const situations = states.flatMap((state) => contextsOf(state).map((context) => ({ state, context })))
/** A situation in words, for the title of a test. */
export const titled = ({ state, context: { list, held } }: (typeof situations)[number]) =>
  `${state}${list ? ' with a list' : ''}${held ? ` and a removal held (${held.completion.outcome})` : ''}`

const about = { attempt: 'now', time } as const

/** An event of each type, in each form that has a different result. Events of an attempt are for `now`, requests for `next`. */
export const eventVariants: readonly AccountEvent[] = [
  ...startingCommands.map((by): AccountEvent => ({
    type: 'attempt.requested',
    attempt: 'next',
    time,
    data: { by, number: 2 },
  })),
  { ...about, type: 'consent.granted', data: { accountKey: null } },
  { ...about, type: 'contacts.counted', data: { count: 3 } },
  { ...about, type: 'page.fetched', data: { page: 1, contacts: 3, skipped: {} } },
  { ...about, type: 'changes.fetched', data: { page: 1, upserted: 1, removed: 0, skipped: {} } },
  { ...about, type: 'attempt.completed', data: completion() },
  { ...about, type: 'attempt.completed', data: capped },
  { ...about, type: 'removal.held', data: holding('imported') },
  { ...about, type: 'attempt.failed', data: { code: 'offline' } },
  { ...about, type: 'attempt.cancelled', data: {} },
  { ...about, type: 'removal.approved', data: completion() },
  { type: 'account.signed-out', attempt: null, time, data: {} },
]
