import type { SourceContact } from '../domain/contact.ts'
import type { Json, SourceReport } from '../domain/reports.ts'
import type { Source } from '../domain/source.ts'

/** A request to read a source. */
export interface FetchRequest {
  readonly attempt: string
  /** The cursor of the attempt's last recorded page, to continue after it; null at the beginning. */
  readonly resumeFrom: Json
  /** The contacts that the attempt has recorded so far, by id; empty at the beginning. */
  readonly recorded: ReadonlyMap<string, SourceContact>
  /** The cursor of the last completed attempt: asks for changes only. Null: list completely. */
  readonly changesSince: Json
  /** The cursor of the last completed attempt, even if `changesSince` is null. For hints only. Default: none. */
  readonly lastCursor?: Json
  /** A refresh may take longer than an attempt for which the person waits. Default: false. */
  readonly isRefresh?: boolean
  /** The contacts on the device, by id: contacts that a listing leaves out may still exist. Default: none. */
  readonly onDevice?: ReadonlyMap<string, SourceContact>
}

/** A wait that shells show. */
export interface Waiting {
  readonly until: Date
  readonly reason: 'throttled' | 'service-unavailable' | 'offline'
  /** Whether the person can end it: no service asked for it, and the next try may find the network back. Default: false. */
  readonly canRetryNow?: boolean
}

/** What the source is doing. Shown, never recorded. */
export interface FetchProgress {
  /** The folder being read, as the user named it. */
  readonly folder?: string
  readonly waiting?: Waiting | null
}

/** What a running fetch may use of the core. */
export interface FetchContext {
  /** Aborts when the attempt is over. All work and all waits must then end within 100 ms. */
  readonly signal: AbortSignal
  progress(progress: FetchProgress): void
  /** Dispatches `online` when the person wants to try again now: ends the waits that `canRetryNow`. Absent: they last. */
  readonly retryNow?: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>
}

/**
 * Port: reads all contacts of one source.
 *
 * `fetch` yields reports in the order in which they are recorded; the last is `listing.finished`. The core
 * asks for the next report once the last one is durable; an adapter may prefetch meanwhile. Throws an
 * `ImportFailure` if it cannot continue, and the signal's reason after an abort. `contactSourceContract` in
 * `testing` is the contract suite.
 */
export interface ContactSource {
  readonly source: Source
  fetch(request: FetchRequest, context: FetchContext): AsyncIterable<SourceReport>
}
