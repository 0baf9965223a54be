/** How long and how often a request is tried. Times are milliseconds. */
export interface HttpLimits {
  /** For one request, from its start to the last byte of the answer, so that a server that drips is given up. */
  readonly request: number
  /** For all retries of one request, from its first failure on; no wait ends later. */
  readonly retries: number
  /** The first wait where the service names none; each further wait doubles, up to `longestBackoff`. */
  readonly firstBackoff: number
  readonly longestBackoff: number
  /** How often a body that is not JSON is asked for again: a body that is always cut short is an answer. */
  readonly brokenBodies: number
  /** Requests in flight at once. */
  readonly inFlight: number
  /** Requests that the service serves at once, each part of a batch counted; `inFlight` after a 429. */
  readonly served: number
}

/**
 * Outlook serves four requests at once per app and mailbox (Graph: "Throttling limits"). Three are in flight;
 * only batches use the fourth place, and after a 429 it is left to the person's other devices.
 */
export const defaultLimits: HttpLimits = {
  request: 30_000,
  retries: 120_000,
  firstBackoff: 500,
  longestBackoff: 30_000,
  brokenBodies: 5,
  inFlight: 3,
  served: 4,
}
