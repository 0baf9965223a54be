/**
 * What `serveBook` and `connectBook` need of a port: a `MessagePort` of browsers and of Node, a `Worker`, or a wrapper
 * around another channel. Messages are structured clones.
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
