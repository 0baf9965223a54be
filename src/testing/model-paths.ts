import { createTestModel } from 'xstate/graph'
import type { CommandType, RefusalCode } from '../domain/commands.ts'
import type { FailureCode } from '../domain/failures.ts'
import { accountState } from '../machines/account-state.ts'
import { allowedCommands } from '../machines/decide-command.ts'
import type { AccountEvent, AccountSnapshot, linkedAccount, StateName } from '../machines/linked-account.ts'
import { modelEvents } from './account-model.ts'
import { transitionsOf, type GeneratedStep } from './transitions.ts'

/**
 * The contents of a mailbox that make an attempt end as its path says. `few`: `MODEL_CONTACTS.few` contacts; `left`:
 * `MODEL_CONTACTS.left` of them; `beyond-limit`: 10,001; `full`: 10,000 of those; `others`: 10,001 that are none of the others.
 */
export type ModelMailbox = 'few' | 'left' | 'full' | 'beyond-limit' | 'others'

/** What a shell shows of an account, in the terms of `LinkedAccountView`. */
export interface ExpectedAccount {
  readonly state: StateName
  readonly attempt: { readonly number: number; readonly by: 'signIn' | 'restart' | 'refresh' } | null
  /** Why the latest attempt failed; null unless it failed. */
  readonly code: FailureCode | null
  readonly list: { readonly count: number; readonly capped: boolean } | null
  readonly held: { readonly removes: number; readonly of: number } | null
  /** Pages that a running attempt has recorded; null if none is under way. */
  readonly pages: number | null
  /** Null if the command is allowed, else the reason it is refused. */
  readonly commands: Readonly<Record<CommandType, RefusalCode | null>>
}

/** One event of a path, what the service has to contain for it, and what a shell shows after it. */
export interface PathStep extends GeneratedStep {
  readonly mailbox: ModelMailbox
  readonly expected: ExpectedAccount
}

/** A path through the machine. Its name lists its events, and the commands that request attempts. */
export interface ModelPath {
  readonly name: string
  readonly steps: readonly PathStep[]
}

/**
 * The paths through the model of a linked account, for `walkPath`. Each begins on a device without an account.
 *
 * `all` (default): the shortest path to each state of the model by each event, about eighty. `covering`: about ten of them
 * that take every transition which any of them takes, for shells whose every step takes a while.
 */
export const pathsOf = (
  model: typeof linkedAccount,
  which: 'all' | 'covering' = 'all',
): readonly ModelPath[] => {
  const paths = createTestModel(model, {
    events: modelEvents,
    filterEvents: (state, event) => state.can(event) && !isVain(state, event),
  })
    .getShortestPaths()
    // The first event is XState's own.
    .map(({ steps }) => modelPath(steps.slice(1)))
  return which === 'all' ? paths : covering(paths)
}

/** A sign-out without an account and tokens is refused, although the machine would accept it. */
export const isVain = ({ value }: AccountSnapshot, { type }: AccountEvent): boolean =>
  value === 'idle' && type === 'account.signed-out'

/** A path that another generator has made of `modelEvents`. */
export const modelPath = (steps: readonly GeneratedStep[]): ModelPath => ({
  name: steps
    .map(({ event }) => (event.type === 'attempt.requested' ? event.data.by : event.type))
    .join(' > '),
  steps: steps.map(({ event, state }, index) => ({
    event,
    state,
    mailbox: mailboxFor(steps.slice(index), state),
    expected: expectedAccount(state),
  })),
})

/** Few of these paths that take every transition which they take together. */
export const covering = (candidates: readonly ModelPath[]): readonly ModelPath[] => {
  const chosen: ModelPath[] = []
  const taken = new Set<string>()
  const gain = ({ steps }: ModelPath) =>
    new Set(transitionsOf(steps).filter((transition) => !taken.has(transition))).size
  for (;;) {
    const best = candidates.reduce((a, b) => (gain(b) > gain(a) ? b : a))
    if (gain(best) === 0) return chosen
    chosen.push(best)
    for (const transition of transitionsOf(best.steps)) taken.add(transition)
  }
}

const mailboxFor = (rest: readonly GeneratedStep[], { context }: AccountSnapshot): ModelMailbox => {
  const end = rest.find(
    ({ event }) => !['contacts.counted', 'page.fetched', 'consent.granted'].includes(event.type),
  )
  if (end?.event.type === 'removal.held')
    return end.event.data.completion.outcome === 'capped' ? 'others' : 'left'
  if (end?.event.type === 'attempt.completed' && end.event.data.outcome === 'capped') return 'beyond-limit'
  return context.list?.capped ? 'full' : 'few'
}

const expectedAccount = (state: AccountSnapshot): ExpectedAccount => {
  const { attempt, code, list, held, counts } = state.context
  const isUnderWay = state.hasTag('busy')
  const decisionContext = {
    runner: isUnderWay ? 'here' : 'nobody',
    storeIsNewer: false,
    nothingLeft: state.value === 'idle',
    key: 'ready',
  } as const
  return {
    state: state.value,
    attempt: attempt && { number: attempt.number, by: attempt.by },
    // A 403 means that the permission was removed if a list was once read with it.
    code: code === 'permission-missing' && list ? 'permission-removed' : code,
    list: list && { count: list.count, capped: list.capped },
    held: held && { removes: held.removes, of: held.of },
    pages: isUnderWay ? counts.pages : null,
    commands: allowedCommands('microsoft365', { microsoft365: accountState(state) }, decisionContext),
  }
}
