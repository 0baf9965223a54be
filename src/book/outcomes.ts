import type { Completion } from '../domain/events.ts'
import type { FailureCode, FailureDetails } from '../domain/failures.ts'
import type { Source } from '../domain/source.ts'
import type { AttemptRecord, History } from '../projections/history.ts'

/** How an attempt ended. */
export interface Outcome {
  readonly attempt: string
  readonly state: 'imported' | 'capped' | 'failed' | 'cancelled'
  /** Why it failed; `removal-held` where a removal waits for approval. */
  readonly code: FailureCode | null
  readonly details: FailureDetails
  /** What it came to, or would come to once approved; null where it ended before. */
  readonly completion: Completion | null
  readonly skipped: number
}

/** Answers those who wait for the end of an attempt. */
export class Outcomes {
  readonly #waiting = new Map<string, { resolve: (outcome: Outcome) => void; promise: Promise<Outcome> }>()

  of(attempt: string, history: History): Promise<Outcome> {
    const record = history.find((record) => record.attempt === attempt)
    if (!record) return Promise.reject(new TypeError('no such attempt is recorded'))
    const outcome = outcomeOf(record)
    return outcome ? Promise.resolve(outcome) : this.#wait(attempt)
  }

  /** An attempt that vanished from the history was signed out of: as good as cancelled. */
  settle(history: History, owed: (source: Source) => FailureCode | null): void {
    for (const [attempt, { resolve }] of this.#waiting) {
      const record = history.find((record) => record.attempt === attempt)
      const code = record && record.outcome === 'running' ? owed(record.source) : null
      const outcome = !record
        ? { ...ended(attempt, 0), state: 'cancelled' as const }
        : code
          ? { ...ended(attempt, skippedIn(record)), state: 'failed' as const, code }
          : outcomeOf(record)
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

const outcomeOf = (record: AttemptRecord): Outcome | null =>
  record.outcome === 'running'
    ? null
    : {
        ...ended(record.attempt, skippedIn(record)),
        state: record.outcome === 'held' ? 'failed' : record.outcome,
        code: record.code,
        details: record.details,
        completion: record.completion,
      }

const ended = (attempt: string, skipped: number) => ({
  attempt,
  skipped,
  code: null,
  details: {},
  completion: null,
})

const skippedIn = ({ skipped }: AttemptRecord) =>
  Object.values(skipped).reduce((sum, count) => sum + count, 0)
