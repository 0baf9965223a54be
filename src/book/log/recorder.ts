import type { Fact, RecordedEvent } from '../../domain/events.ts'
import { isImportFailure } from '../../domain/failures.ts'
import type { FailureCode } from '../../domain/failures.ts'
import type { Source } from '../../domain/source.ts'
import { isBusy } from '../../machines/account-state.ts'
import type { AccountState } from '../../machines/account-state.ts'
import type { Decision } from '../../machines/decide-command.ts'
import { PositionConflict } from '../../ports/event-store.ts'
import type { PayloadDrop } from '../../ports/event-store.ts'
import type { Log } from './log.ts'
import { payloadDrops } from './payload-drops.ts'
import type { BookState } from './book-state.ts'

type States = Readonly<Record<Source, AccountState>>

/** `here`: this book recorded them. */
type Published = (events: readonly RecordedEvent[], by: 'here' | 'others') => Promise<void>

interface Recorded {
  readonly decision: Decision
  readonly events: readonly RecordedEvent[]
}

export interface RecordOptions {
  /** Whether payloads that nobody needs any more are dropped at once: that needs room. Default: they are. */
  readonly dropsPayloads?: boolean
}

/**
 * Decide, append, evolve, publish: the one way in which anything becomes a fact. Its calls must not overlap
 * (the book's queue sees to it).
 */
export class Recorder {
  readonly #log: Log
  readonly #state: BookState
  readonly #published: Published
  /** Failures that could not be written: shown at once, recorded before anything else is. */
  readonly #owed = new Map<Source, FailureCode>()

  constructor(log: Log, state: BookState, published: Published) {
    this.#log = log
    this.#state = state
    this.#published = published
  }

  /** As recorded, but for attempts whose failure is still owed to the log. */
  states(): States {
    const states = this.#state.machines.states()
    if (this.#owed.size === 0) return states
    const owed = [...this.#owed].map(([source, code]) => {
      const { context } = states[source]
      return [source, { state: 'failed', context: { ...context, code, details: {} } }] as const
    })
    return { ...states, ...(Object.fromEntries(owed) as Partial<States>) }
  }

  /** Reads and folds what others have appended. */
  async catchUp(): Promise<void> {
    // All or nothing: of lists that were replaced since, the contents are dropped.
    const events = await this.#log.readRest()
    for (const event of events) this.#state.fold(event)
    this.#state.checkLists()
    if (events.length > 0) await this.#published(events, 'others')
  }

  /**
   * Appends what `decide` finds, on the newest state; where somebody else appends first, it decides again.
   * Throws `ImportFailure` `storage-…` where the store cannot be written: then nothing has happened.
   */
  async record(
    decide: (states: States) => Decision,
    { dropsPayloads = true }: RecordOptions = {},
  ): Promise<Recorded> {
    for (;;) {
      const decision = decide(this.#state.machines.states())
      const facts = decision.ok ? decision.facts : []
      if (facts.length === 0) return { decision, events: [] }
      try {
        const events = await this.#log.append(facts, dropsPayloads ? this.#drops(facts) : [])
        for (const event of events) this.#state.fold(event)
        await this.#published(events, 'here')
        return { decision, events }
      } catch (error) {
        if (!(error instanceof PositionConflict)) throw error
        await this.catchUp()
      }
    }
  }

  /** Drops what is found to be needless on the newest state. */
  async drop(find: () => readonly PayloadDrop[]): Promise<void> {
    for (;;) {
      const drops = find()
      if (drops.length === 0) return
      try {
        await this.#log.append([], drops)
        return
      } catch (error) {
        if (!(error instanceof PositionConflict)) throw error
        await this.catchUp()
      }
    }
  }

  /** Notes that the attempt under way has failed of the store itself, and tries to record so much at least. */
  async owe(source: Source, code: FailureCode): Promise<void> {
    this.#owed.set(source, code)
    await this.settle().catch((error: unknown) => {
      if (!isImportFailure(error)) throw error
    })
  }

  owes(source: Source): FailureCode | null {
    return this.#owed.get(source) ?? null
  }

  /** Owes nothing any more: the account is signed out of. */
  forgive(source: Source): void {
    this.#owed.delete(source)
  }

  /** Records what is owed. Throws where the store still cannot be written. */
  async settle(): Promise<void> {
    for (const [source, code] of this.#owed) {
      await this.record((states) => {
        const { state, context } = states[source]
        const isUnderWay = isBusy({ state }) && context.attempt !== null
        const failed = { type: 'attempt.failed', stream: source, data: { code } } as const
        return { ok: true, facts: isUnderWay ? [{ ...failed, attempt: context.attempt.id }] : [] }
      })
      this.#owed.delete(source)
    }
  }

  #drops(facts: readonly Fact[]) {
    const states = this.#state.machines.states()
    return facts.flatMap((fact) => payloadDrops(fact, states[fact.stream]))
  }
}
