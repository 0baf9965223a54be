import { initialTransition, transition } from 'xstate'
import type { Envelope } from '../domain/events.ts'
import { linkedAccount } from './linked-account.ts'
import type { AccountEvent, AccountSnapshot, StateName } from './linked-account.ts'

/** The transition that an event took. */
export interface AccountStep {
  readonly from: StateName
  readonly to: StateName
  /** The name of the guard that allowed it, as in the machine's definition; null: it has none. */
  readonly guard: string | null
  readonly snapshot: AccountSnapshot
}

/** The machine of an account before its first event. */
export const firstSnapshot = (): AccountSnapshot => initialTransition(linkedAccount)[0]

/**
 * What a recorded event does to the machine of its account: pure, so that any part of the past can be replayed. Null for an
 * event that the machine does not get or does not accept in this state.
 */
export const accountStep = (
  snapshot: AccountSnapshot,
  { type, attempt, data, time }: Pick<Envelope, 'type' | 'attempt' | 'data' | 'time'>,
): AccountStep | null => {
  const event = { type, attempt, data, time } as AccountEvent
  const [taken] = linkedAccount.getTransitionData(snapshot, event)
  if (taken === undefined) return null
  const [next] = transition(linkedAccount, snapshot, event)
  const { guard } = taken
  return {
    from: snapshot.value,
    to: next.value,
    guard: typeof guard === 'string' ? guard : null,
    snapshot: next,
  }
}
