/** Port: time and new ids, so that tests control both. */
export interface Clock {
  now(): Date
  /** A new random UUID (RFC 9562, version 4). */
  newId(): string
}
