/**
 * What `serveBook` and `connectBook` need of a port: a `MessagePort` of browsers and of Node, or a wrapper around another
 * channel. Messages are structured clones. To reach a worker, send it one end of a `MessageChannel`.
 *
 * A `Worker` of Node does not fit, because it has no `addEventListener`. One of browsers does, but it never emits `close`,
 * and older browsers do not for a `MessagePort` either. There the other side is known to be gone only if it says so, by
 * `close` of the client or of what `serveBook` returns; otherwise calls wait.
 */
export interface MessagePortLike {
  postMessage(message: unknown): void
  addEventListener(type: 'message' | 'close', listener: (event: object) => void): void
  removeEventListener(type: 'message' | 'close', listener: (event: object) => void): void
  /** Ports of browsers hold messages back until they are started. */
  start?(): void
}

/** What a message event brings. */
export const dataOf = (event: object): unknown => ('data' in event ? event.data : undefined)
