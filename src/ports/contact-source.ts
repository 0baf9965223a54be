import type { Contact } from '../domain/contact.ts'
import type { Json, SourceReport } from '../domain/reports.ts'
import type { Source } from '../domain/source.ts'

export interface FetchRequest {
  readonly attempt: string
  /** The cursor of the attempt's last recorded page, to go on after it; null at its beginning. */
  readonly resumeFrom: Json
  /** What the attempt has recorded up to there, by id; empty at its beginning. */
  readonly recorded: ReadonlyMap<string, Contact>
  /** The cursor of the last completed attempt, where a list stands: asks for changes only. Null: list fully. */
  readonly changesSince: Json
}

/** A wait that the person should know of. */
export interface Waiting {
  readonly until: Date
  readonly reason: 'throttled' | 'service-unavailable' | 'offline'
}

/** What the source is busy with. Shown, never recorded. */
export interface FetchProgress {
  /** The folder being read, in the person's own words for it. */
  readonly folder?: string
  readonly waiting?: Waiting | null
}

export interface FetchContext {
  /** Aborts when the attempt is over. Everything must stop within 100 ms, waits included. */
  readonly signal: AbortSignal
  progress(progress: FetchProgress): void
}

/**
 * Port: reads all contacts of one source.
 *
 * `fetch` yields reports in the order in which they are to be recorded; the last is `listing.finished`.
 * The next report is asked for when the last one is durable; an adapter may fetch ahead meanwhile.
 * It throws an `ImportFailure` when it cannot go on, and the signal's reason when aborted.
 * The contract suite is `contactSourceContract` in `testing`.
 */
export interface ContactSource {
  readonly source: Source
  fetch(request: FetchRequest, context: FetchContext): AsyncIterable<SourceReport>
}
