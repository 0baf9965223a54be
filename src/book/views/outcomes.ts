import type { Completion } from '../../domain/events.ts'
import type { FailureCode, FailureDetails } from '../../domain/failures.ts'
import type { Source } from '../../domain/source.ts'
import type { AttemptRecord, History } from '../../projections/history.ts'

/** How an attempt ended. No personal data. */
export interface Outcome {
  readonly attempt: string
  readonly state: 'imported' | 'capped' | 'failed' | 'cancelled'
  /** Why it failed; `removal-held` if a removal waits for approval; null if it did not fail. */
  readonly code: FailureCode | null
  readonly details: FailureDetails
  /** The result, for a held removal the result once it is approved; null if the attempt ended without one. */
  readonly completion: Completion | null
  /** Number of contacts that could not be imported. */
  readonly skipped: number
}

/** Looks up the failure of a source's attempt that could not be recorded yet. */
type UnrecordedFailure = (source: Source) => FailureCode | null

/** The outcomes that callers wait for. */
export class Outcomes {
  /** The attempts that were recorded at some time since the book was opened. */
  readonly #seen = new Set<string>()
  readonly #waiting = new Map<string, { resolve: (outcome: Outcome) => void; promise: Promise<Outcome> }>()

  of(attempt: string, history: History, unrecorded: UnrecordedFailure): Promise<Outcome> {
    const record = history.find((record) => record.attempt === attempt)
    if (!record && this.#seen.has(attempt)) return Promise.resolve(erased(attempt))
    if (!record) return Promise.reject(new TypeError('no such attempt is recorded'))
    const outcome = outcomeOf(record, unrecorded)
    return outcome ? Promise.resolve(outcome) : this.#wait(attempt)
  }

  /** Resolves the known outcomes. An attempt that a sign-out removed from the history counts as cancelled. */
  settle(history: History, unrecorded: UnrecordedFailure): void {
    for (const { attempt } of history) this.#seen.add(attempt)
    for (const [attempt, { resolve }] of this.#waiting) {
      const record = history.find((record) => record.attempt === attempt)
      const outcome = record ? outcomeOf(record, unrecorded) : erased(attempt)
      if (!outcome) continue
      this.#waiting.delete(attempt)
      resolve(outcome)
    }
  }

  #wait(attempt: string): Promise<Outcome> {
    const waiting = this.#waiting.get(attempt)
    if (waiting) return waiting.promise
    let resolve: (outcome: Outcome) => void = () => undefined
    const promise = new Promise<Outcome>((settle) => (resolve = settle))
    this.#waiting.set(attempt, { resolve, promise })
    return promise
  }
}

const outcomeOf = (record: AttemptRecord, unrecorded: UnrecordedFailure): Outcome | null => {
  const { attempt, outcome, code, details, completion } = record
  const end = ended(attempt, completion?.skipped ?? skippedIn(record))
  if (outcome !== 'running') {
    return { ...end, state: outcome === 'held' ? 'failed' : outcome, code, details, completion }
  }
  const unrecordedCode = unrecorded(record.source)
  return unrecordedCode && { ...end, state: 'failed', code: unrecordedCode }
}

const ended = (attempt: string, skipped: number) => ({
  attempt,
  skipped,
  code: null,
  details: {},
  completion: null,
})

const erased = (attempt: string): Outcome => ({ ...ended(attempt, 0), state: 'cancelled' })

const skippedIn = ({ skipped }: AttemptRecord) =>
  Object.values(skipped).reduce((sum, count) => sum + count, 0)
