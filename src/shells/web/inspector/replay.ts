import { AccountReplay, reportedEvent } from '../../../index.ts'
import type { AccountStep, Envelope, ReportedEvent, Source, StateName } from '../../../index.ts'

/** Events that are kept. The machines fold the earlier ones and forget them. */
const MOST_KEPT = 500

/** An event with what it did to the machine of its source. */
export interface Replayed {
  /** Only what may be shown and passed on. */
  readonly event: ReportedEvent
  readonly source: Source
  /** Null: it changed no state. */
  readonly step: AccountStep | null
  /** After the event. */
  readonly state: StateName
  readonly isBusy: boolean
}

/**
 * The past of the machines: each event with the state after it. Because the machine is pure, this is what happened, also if it
 * happened in another process or before the page was opened.
 */
export class Replay {
  readonly #machines = new Map<Source, AccountReplay>()
  #events: readonly Replayed[] = []
  #dropped = 0

  /** Oldest first. Another array after each change. */
  get events(): readonly Replayed[] {
    return this.#events
  }

  /** How many earlier events were forgotten. */
  get dropped(): number {
    return this.#dropped
  }

  /** @param envelopes the ones that follow those before, in the order of their positions */
  add(envelopes: readonly Envelope[]): void {
    let all = [...this.#events]
    for (const envelope of envelopes) {
      // A sign-out erases the events before it, here as in the store.
      if (envelope.type === 'account.signed-out') all = all.filter(({ source }) => source !== envelope.stream)
      all.push(this.#fold(envelope))
    }
    this.#events = all.slice(-MOST_KEPT)
    this.#dropped += all.length - this.#events.length
  }

  #fold(envelope: Envelope): Replayed {
    const source = envelope.stream
    const machine = this.#machines.get(source) ?? new AccountReplay()
    this.#machines.set(source, machine)
    const step = machine.step(envelope)
    return { event: reportedEvent(envelope), source, step, state: machine.state, isBusy: machine.isBusy }
  }
}
