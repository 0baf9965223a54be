import type { FailureCode, FailureDetails } from '../../domain/failures.ts'
import type { Waiting } from '../../ports/contact-source.ts'

/** A request that failed in a way that trying again may mend. */
export class TransientError extends Error {
  override readonly name = 'Fault'
  /** What the import fails of once trying again is over. */
  readonly code: FailureCode
  /** What a person is told meanwhile. */
  readonly reason: Waiting['reason']
  readonly details: FailureDetails
  /** Milliseconds the service asked to wait, null where it did not. */
  readonly retryAfter: number | null
  /** The whole answer came, but it is no JSON. */
  readonly brokenBody: boolean

  constructor(
    code: FailureCode,
    reason: Waiting['reason'],
    more: {
      details?: FailureDetails
      retryAfter?: number | null
      brokenBody?: boolean
      cause?: unknown
    } = {},
  ) {
    super(code, more.cause === undefined ? undefined : { cause: more.cause })
    this.code = code
    this.reason = reason
    this.details = more.details ?? {}
    this.retryAfter = more.retryAfter ?? null
    this.brokenBody = more.brokenBody ?? false
  }
}
