import type { Completion } from '../../domain/events.ts'
import type { FailureCode, FailureDetails } from '../../domain/failures.ts'
import type { Source } from '../../domain/source.ts'
import type { AttemptRecord, History } from '../../projections/history.ts'

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

/** The failure of a source's running attempt that could not be recorded yet. */
type Owed = (source: Source) => FailureCode | null

/** Answers those who wait for the end of an attempt. */
export class Outcomes {
  readonly #waiting = new Map<string, { resolve: (outcome: Outcome) => void; promise: Promise<Outcome> }>()

  of(attempt: string, history: History, owed: Owed): Promise<Outcome> {
    const record = history.find((record) => record.attempt === attempt)
    if (!record) return Promise.reject(new TypeError('no such attempt is recorded'))
    const outcome = outcomeOf(record, owed)
    return outcome ? Promise.resolve(outcome) : this.#wait(attempt)
  }

  /** An attempt that vanished from the history was signed out of: as good as cancelled. */
  settle(history: History, owed: Owed): void {
    for (const [attempt, { resolve }] of this.#waiting) {
      const record = history.find((record) => record.attempt === attempt)
      const outcome = record ? outcomeOf(record, owed) : { ...ended(attempt, 0), state: 'cancelled' as const }
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

const outcomeOf = (record: AttemptRecord, owed: Owed): Outcome | null => {
  const { attempt, outcome, code, details, completion } = record
  const end = ended(attempt, completion?.skipped ?? skippedIn(record))
  if (outcome !== 'running') {
    return { ...end, state: outcome === 'held' ? 'failed' : outcome, code, details, completion }
  }
  const owedCode = owed(record.source)
  return owedCode && { ...end, state: 'failed', code: owedCode }
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
