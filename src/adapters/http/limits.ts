import type { BodyLimits } from './read-body.ts'

/** How long and how often a request is tried, and how large its response may be. Times are in milliseconds. */
export interface HttpLimits extends BodyLimits {
  /** For one request, from its start to the last byte of the response, so that a slow trickle does not last forever. */
  readonly request: number
  /** For all retries of one request, from its first failure on. No wait ends later. */
  readonly retries: number
  /** The first wait if the service names none. Each further wait doubles, up to `longestBackoff`. */
  readonly firstBackoff: number
  readonly longestBackoff: number
  /**
   * How often a request is repeated after a failure that rarely passes: a body that is not JSON, a connection that is
   * not secure.
   */
  readonly fewTries: number
  /** Failures of the server after which a request is given up, if the caller has another way and there is no outage. */
  readonly stubbornFaults: number
  /** Requests in flight at once. */
  readonly inFlight: number
  /** Requests that the service serves at once, counting each part of a batch; `inFlight` after a 429. */
  readonly served: number
}

/**
 * Outlook serves four requests at once per app and mailbox (Graph: "Throttling limits"). Three are in flight;
 * only batches use the fourth slot, and after a 429 it is left to the user's other devices.
 */
export const defaultLimits: HttpLimits = {
  request: 30_000,
  retries: 120_000,
  firstBackoff: 500,
  longestBackoff: 30_000,
  fewTries: 5,
  stubbornFaults: 4,
  // A full page has one to three million bytes, and tens of thousands of values.
  body: 64 * 1024 * 1024,
  values: 4 * 1024 * 1024,
  inFlight: 3,
  served: 4,
}
