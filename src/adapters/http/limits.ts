/** How long and how often is tried. Times are milliseconds. */
export interface HttpLimits {
  /** One request from its start to the last byte of the answer, so that a dripping server ends as well. */
  readonly request: number
  /** Retries of one request, counted from its first failure; no wait goes beyond. */
  readonly retries: number
  /** The first wait where the service names none; each further one doubles, up to `longestBackoff`. */
  readonly firstBackoff: number
  readonly longestBackoff: number
  /** How often a body that is no JSON is asked for again: cut short once is bad luck, always is an answer. */
  readonly brokenBodies: number
  /** Requests in flight at once. */
  readonly inFlight: number
  /** Requests that the service serves at once, the parts of a batch counted one by one; `inFlight` after a 429. */
  readonly served: number
}

/**
 * Outlook serves four requests at once per app and mailbox (Graph: "Throttling limits"). We have three in flight;
 * the fourth place is used by batches only, and left to the person's other device once it is missed.
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
