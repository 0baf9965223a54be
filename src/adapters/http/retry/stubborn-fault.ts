import { ImportFailure } from '../../../domain/failures.ts'

/**
 * A request keeps failing on the server's side while the service answers others: the fault lies in this request, and
 * waiting does not help. Only requests for which the caller has another way fail with it.
 */
export class StubbornFault extends ImportFailure {}

/** Another way of the caller, for a request that keeps failing. */
export interface Detour {
  /** Failures on the server's side after which the request is given up, if there is no outage. */
  readonly faults: number
  /** When the request failed once before, as a part of a batch (milliseconds since 1970); null if it did not. */
  readonly failedAt: number | null
  /** Whether the service has answered no request since then (milliseconds since 1970). */
  isOutage(since: number): Promise<boolean>
}
