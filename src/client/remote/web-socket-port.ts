import { decodeMessage, encodeMessage } from './json-messages.ts'
import type { MessagePortLike } from './port.ts'

/** What the port needs of a WebSocket: those of browsers fit, and those of the package `ws`. */
export interface WebSocketLike {
  /** 1: open. */
  readonly readyState: number
  /** Bytes that were sent and that the network has not taken yet. */
  readonly bufferedAmount: number
  send(text: string): void
  close(code: number): void
  addEventListener(type: 'message' | 'close', listener: (event: object) => void): void
  removeEventListener(type: 'message' | 'close', listener: (event: object) => void): void
}

const OPEN = 1

/**
 * In bytes. Calls wait for a client that does not read (`serveBook`), so only views can pile up: thousands of them mean that
 * the other side has stopped.
 */
const MOST_BUFFERED = 16 * 1024 * 1024

/** The code with which the port closes the WebSocket of a side that does not read (IANA: "Try Again Later"). */
const TRY_AGAIN_LATER = 1013

/**
 * A port over an open WebSocket, for `serveBook` at one end and `connectBook` at the other. Who may connect is decided before:
 * check the origin, the host and a secret of the person. Messages that cannot be read are ignored; messages after the end
 * are dropped, as a `MessagePort` drops them. Closes the WebSocket if the other side reads nothing (16 MB).
 */
export const webSocketPort = (socket: WebSocketLike): MessagePortLike => {
  const readers = new Map<(event: object) => void, (event: object) => void>()
  return {
    postMessage: (message) => {
      const text = encodeMessage(message)
      if (socket.readyState !== OPEN) return
      if (socket.bufferedAmount > MOST_BUFFERED) socket.close(TRY_AGAIN_LATER)
      else socket.send(text)
    },
    addEventListener: (type, listener) => {
      if (type === 'close') {
        socket.addEventListener(type, listener)
        return
      }
      const reader = (event: object) => {
        const data = messageOf(event)
        if (data !== undefined) listener({ data })
      }
      readers.set(listener, reader)
      socket.addEventListener(type, reader)
    },
    removeEventListener: (type, listener) => {
      if (type === 'close') {
        socket.removeEventListener(type, listener)
        return
      }
      const reader = readers.get(listener)
      readers.delete(listener)
      if (reader) socket.removeEventListener(type, reader)
    },
  }
}

/** Undefined if the event brings no message. */
const messageOf = (event: object): unknown => {
  try {
    return 'data' in event && typeof event.data === 'string' ? decodeMessage(event.data) : undefined
  } catch {
    return undefined
  }
}
