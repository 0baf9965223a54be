import type { Fact, RecordedEvent } from '../../domain/events.ts'
import { isImportFailure } from '../../domain/failures.ts'
import type { FailureCode } from '../../domain/failures.ts'
import type { Source } from '../../domain/source.ts'
import type { AccountState } from '../../machines/account-state.ts'
import type { Decision } from '../../machines/decide-command.ts'
import { decideReport } from '../../machines/decide-report.ts'
import type { EnrichedReport } from '../../machines/decide-report.ts'
import { dueTask } from '../../machines/account-state.ts'
import type { PayloadDrop } from '../../ports/event-store.ts'
import type { BookState } from './book-state.ts'
import type { Log } from './log.ts'
import { retryOnConflict } from './retry-on-conflict.ts'

type States = Readonly<Record<Source, AccountState>>

/** Runs after each append, once the events are folded. `here`: this book appended them. */
export type OnAppend = (events: readonly RecordedEvent[], by: 'here' | 'others') => Promise<void>

interface Recorded {
  readonly decision: Decision
  readonly events: readonly RecordedEvent[]
}

export interface RecordOptions {
  /** Whether the append also drops the payloads that it makes obsolete, which needs disk space. Default: true. */
  readonly dropsPayloads?: boolean
}

/** A failure of the attempt under way that the store could not record. */
interface UnrecordedFailure {
  readonly attempt: string
  readonly code: FailureCode
}

/**
 * Decides, appends, folds and publishes. All facts are recorded here. Calls must not overlap; the book's queue
 * ensures that.
 */
export class Recorder {
  readonly #log: Log
  readonly #state: BookState
  readonly #onAppend: OnAppend
  readonly #unrecorded = new Map<Source, UnrecordedFailure>()

  constructor(log: Log, state: BookState, onAppend: OnAppend) {
    this.#log = log
    this.#state = state
    this.#onAppend = onAppend
  }

  /** The states to show: the recorded ones, but `failed` for an attempt with an unrecorded failure. */
  states(): States {
    const states = this.#state.machines.states()
    const failed = [...this.#unrecorded.keys()].flatMap((source) => {
      const code = this.unrecordedFailure(source)
      const { context } = states[source]
      return code ? [[source, { state: 'failed', context: { ...context, code, details: {} } }] as const] : []
    })
    return failed.length === 0 ? states : { ...states, ...(Object.fromEntries(failed) as Partial<States>) }
  }

  /** Reads and folds what other writers have appended. Resolves to false if they have appended nothing. */
  async catchUp(): Promise<boolean> {
    // Reads all events before it folds any: payloads of lists that were replaced since then are dropped.
    const events = await this.#log.readRest()
    for (const event of events) this.#state.fold(event)
    this.#state.checkLists()
    if (events.length > 0) await this.#onAppend(events, 'others')
    return events.length > 0
  }

  /**
   * Appends the facts that `decide` returns for the newest state. If another writer appends first, it decides again.
   * Throws `ImportFailure` `storage-…` if the store cannot be written or too many others write to it
   * (`storage-busy`): then nothing is recorded.
   */
  record(
    decide: (states: States) => Decision,
    { dropsPayloads = true }: RecordOptions = {},
  ): Promise<Recorded> {
    return this.#append(async () => {
      const decision = decide(this.#state.machines.states())
      const facts = decision.ok ? decision.facts : []
      if (facts.length === 0) return { decision, events: [] }
      const events = await this.#log.append(facts, dropsPayloads ? this.#drops(facts) : [])
      for (const event of events) this.#state.fold(event)
      await this.#onAppend(events, 'here')
      return { decision, events }
    })
  }

  /** Like `record`, for a report. Calls `enriched` again for each state. Resolves to the recorded events. */
  async recordReport(
    source: Source,
    attempt: string,
    enriched: () => EnrichedReport,
  ): Promise<readonly RecordedEvent[]> {
    const { events } = await this.record((states) => ({
      ok: true,
      facts: decideReport(source, attempt, enriched(), states[source], this.#state.isErased(source, attempt)),
    }))
    return events
  }

  /** Drops the payloads that `find` returns for the newest state. Throws as `record` does. */
  drop(find: () => readonly PayloadDrop[]): Promise<void> {
    return this.#append(async () => {
      const drops = find()
      if (drops.length > 0) await this.#log.append([], drops)
    })
  }

  /** The code of an unrecorded failure of the attempt under way; null if there is none. */
  unrecordedFailure(source: Source): FailureCode | null {
    const unrecorded = this.#unrecorded.get(source)
    // Another process may have ended the attempt meanwhile.
    const isUnderWay = dueTask(this.#state.machines.snapshot(source))?.attempt === unrecorded?.attempt
    return unrecorded && isUnderWay ? unrecorded.code : null
  }

  /** Handles a failure of the store during an attempt: tries to record the failure, and shows it in any case. */
  async noteUnrecordedFailure(source: Source, code: FailureCode): Promise<void> {
    const task = dueTask(this.#state.machines.snapshot(source))
    if (!task) return
    this.#unrecorded.set(source, { attempt: task.attempt, code })
    await this.recordUnrecordedFailures().catch((error: unknown) => {
      if (!isImportFailure(error)) throw error
    })
  }

  /** For a sign-out, which ends the attempt anyway. */
  dropUnrecordedFailure(source: Source): void {
    this.#unrecorded.delete(source)
  }

  /** Records the failures that could not be recorded before. Throws if the store still cannot be written. */
  async recordUnrecordedFailures(): Promise<void> {
    for (const [source, { attempt, code }] of this.#unrecorded) {
      const failure = { type: 'failure', code, details: {} } as const
      await this.record((states) => ({
        ok: true,
        facts: this.unrecordedFailure(source) ? decideReport(source, attempt, failure, states[source]) : [],
      }))
      this.#unrecorded.delete(source)
    }
  }

  #append<T>(append: () => Promise<T>): Promise<T> {
    return retryOnConflict(append, () => this.catchUp())
  }

  #drops(facts: readonly Fact[]): readonly PayloadDrop[] {
    const states = this.#state.machines.states()
    return facts.flatMap((fact) => dropsOf(fact, states[fact.stream]))
  }
}

/** The payloads that become obsolete with this fact. They are dropped in the same transaction. */
const dropsOf = ({ type, stream, attempt }: Fact, account: AccountState): readonly PayloadDrop[] => {
  switch (type) {
    case 'attempt.failed':
    case 'attempt.cancelled':
      return attempt === null ? [] : [{ stream, attempt }]
    case 'attempt.requested': {
      // A newer attempt replaces a held removal that was never approved.
      const held = account.context.held && account.context.attempt
      return held ? [{ stream, attempt: held.id }] : []
    }
    case 'account.signed-out':
      return [{ stream }]
    default:
      return []
  }
}
