import { createActor } from 'xstate'
import type { Envelope } from '../domain/events.ts'
import { isBusy } from './account-state.ts'
import { linkedAccount } from './linked-account.ts'
import type { AccountEvent, StateName } from './linked-account.ts'

/** The transition that an event took. */
export interface AccountStep {
  readonly from: StateName
  readonly to: StateName
  /** The name of the guard that allowed it, as in the machine's definition; null: it has none. */
  readonly guard: string | null
}

/**
 * The machine of one account, to which the recorded events are given again. It invokes nothing, so any part of the past can be
 * replayed beside the running one. An actor, because XState's pure `transition` takes several times as long.
 */
export class AccountReplay {
  readonly #actor = createActor(linkedAccount).start()

  get state(): StateName {
    return this.#actor.getSnapshot().value
  }

  /** Whether an attempt is under way. */
  get isBusy(): boolean {
    return isBusy(this)
  }

  /** Null for an event that the machine does not get, or does not accept in this state. */
  step({
    type,
    attempt,
    data,
    time,
  }: Pick<Envelope, 'type' | 'attempt' | 'data' | 'time'>): AccountStep | null {
    const event = { type, attempt, data, time } as AccountEvent
    const from = this.state
    const [taken] = linkedAccount.getTransitionData(this.#actor.getSnapshot(), event)
    if (taken === undefined) return null
    this.#actor.send(event)
    const { guard } = taken
    return { from, to: this.state, guard: typeof guard === 'string' ? guard : null }
  }
}
