import type { Completion } from '../domain/events.ts'
import type { FailureCode, FailureDetails } from '../domain/failures.ts'
import type { AttemptRecord } from '../projections/history.ts'

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

/** Null while the attempt is under way. */
export const outcomeOf = (record: AttemptRecord): Outcome | null =>
  record.outcome === 'running'
    ? null
    : {
        attempt: record.attempt,
        state: record.outcome === 'held' ? 'failed' : record.outcome,
        code: record.code,
        details: record.details,
        completion: record.completion,
        skipped: Object.values(record.skipped).reduce((sum, count) => sum + count, 0),
      }
