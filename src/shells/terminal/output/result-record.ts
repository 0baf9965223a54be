import type {
  Completion,
  FailureCode,
  FailureDetails,
  LinkedAccountView,
  NoticeCode,
  RefusalCode,
  SignOutStep,
  SkipCounts,
  Source,
  StateName,
} from '../../../index.ts'
import type { Explanation } from '../../../messages.ts'

/** The outcome of a command for one source, with the same keys whether it succeeded, failed or was refused. */
export interface CommandOutcome {
  readonly source: Source
  /** The state of the source now. */
  readonly state: StateName
  /** The result of the attempt; null if it did not complete, or there was none. */
  readonly completion: Completion | null
  readonly skipped: number
  /** Skipped contacts by reason. */
  readonly skips: SkipCounts
  /** The names of files that could not be read. */
  readonly skippedFiles: readonly string[]
  readonly held: LinkedAccountView['held']
  readonly failure: FailureCode | null
  readonly refusal: RefusalCode | null
  readonly details: FailureDetails
  /** Contacts of the source on the device now. */
  readonly onDevice: number
  /** When that list was completed, ISO 8601; null if there is none. */
  readonly lastUpdated: string | null
  /** What the person should know about the list, although nothing failed. */
  readonly notices: readonly NoticeCode[]
  /** Pairs of contacts of two sources that may be one person. Absent: they were not compared. */
  readonly duplicates?: number
  /** The steps that a refused sign-out has left. Absent: it removed nothing. */
  readonly left?: readonly SignOutStep[]
  readonly explanation: Explanation | null
  readonly store: string
}

/**
 * The JSON of a command's outcome. `code` is the code of the failure or of the refusal; `refusal` is the code of the
 * refusal only. Counts are null if the attempt did not complete.
 */
export const resultRecord = (outcome: CommandOutcome): object => {
  const { source, state, completion, failure, refusal, details, explanation } = outcome
  return {
    source,
    state,
    imported: completion?.imported ?? null,
    available: completion?.available ?? null,
    skipped: outcome.skipped,
    incomplete: completion?.incomplete ?? null,
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
    ...(outcome.notices.length > 0 && { notices: outcome.notices }),
    ...(outcome.duplicates !== undefined && { duplicates: outcome.duplicates }),
    ...(outcome.left && { left: outcome.left }),
    ...(explanation && {
      message: explanation.happened,
      next: explanation.next,
      administrator: explanation.administrator,
    }),
    ...details,
  }
}
