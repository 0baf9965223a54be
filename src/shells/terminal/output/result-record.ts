import type {
  Completion,
  FailureCode,
  FailureDetails,
  LinkedAccountView,
  RefusalCode,
  SkipCounts,
  Source,
  StateName,
} from '../../../index.ts'
import type { Explanation } from '../../../messages.ts'

/** What came of a command at one source: the same keys each time, whether done, failed or refused. */
export interface CommandOutcome {
  readonly source: Source
  /** The state of the source now. */
  readonly state: StateName
  /** What the attempt came to; null where it ended before, or there was none. */
  readonly completion: Completion | null
  readonly skipped: number
  /** The same by reason. */
  readonly skips: SkipCounts
  readonly held: LinkedAccountView['held']
  readonly failure: FailureCode | null
  readonly refusal: RefusalCode | null
  readonly details: FailureDetails
  /** Contacts of the source on the device now. */
  readonly onDevice: number
  /** When that list was completed, ISO 8601; null: there is none. */
  readonly lastUpdated: string | null
  readonly explanation: Explanation | null
  readonly store: string
}

/**
 * The JSON of a command's outcome. `code` says why not: the failure's code, or the refusal's, which
 * `refusal` repeats. Counts are null where the attempt came to nothing.
 */
export const resultRecord = (outcome: CommandOutcome): object => {
  const { source, state, completion, failure, refusal, details, explanation } = outcome
  return {
    source,
    state,
    imported: completion?.imported ?? null,
    available: completion?.available ?? null,
    skipped: outcome.skipped,
    code: failure ?? refusal,
    refusal,
    added: completion?.added ?? null,
    updated: completion?.updated ?? null,
    removed: completion?.removed ?? null,
    displaced: completion?.displaced ?? null,
    verified: completion?.verified ?? null,
    held: outcome.held,
    onDevice: outcome.onDevice,
    lastUpdated: outcome.lastUpdated,
    store: outcome.store,
    ...(explanation && {
      message: explanation.happened,
      next: explanation.next,
      administrator: explanation.administrator,
    }),
    ...details,
  }
}
