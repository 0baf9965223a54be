import { createRequire } from 'node:module'
import { withTimeout } from '../../async/with-timeout.ts'
import { InspectorUnavailable } from './inspector-unavailable.ts'

/** The part of `ws` that is used here; it has no types of its own. */
interface Socket {
  on(event: 'open' | 'close', listener: () => void): void
  on(event: 'error', listener: (error: Error) => void): void
  send(text: string, sent: () => void): void
  close(): void
  terminate(): void
}

type SocketConstructor = new (address: string, options: { handshakeTimeout: number }) => Socket

export interface InspectorSocket {
  /** Does nothing once the connection is lost. */
  send(text: string): void
  /** Resolves when the connection is gone. May be repeated. */
  close(): Promise<void>
}

const HANDSHAKE_MS = 5_000
/** How long the other side may take to close as well. */
const CLOSE_MS = 1_000

/** Connects once, and does not reconnect. Throws `InspectorUnavailable`. */
export const openInspectorSocket = async (url: string): Promise<InspectorSocket> => {
  // Node 20 has no WebSocket of its own, but the inspector's package depends on one.
  const besideInspector = createRequire(createRequire(import.meta.url).resolve('@statelyai/inspect'))
  const Socket = besideInspector('ws') as SocketConstructor
  let closed: Promise<void> = Promise.resolve()

  const socket = await new Promise<Socket>((resolve, reject) => {
    const connecting = new Socket(url, { handshakeTimeout: HANDSHAKE_MS })
    closed = new Promise((resolve) => connecting.on('close', resolve))
    connecting.on('open', () => resolve(connecting))
    // Never removed: an error event without a listener ends the process.
    connecting.on('error', reject)
  }).catch((error: unknown) => {
    throw new InspectorUnavailable('nobody-listens', error)
  })

  return {
    // The callback keeps an error of a lost connection from being emitted.
    send: (text) => socket.send(text, () => undefined),
    close: async () => {
      socket.close()
      await withTimeout(CLOSE_MS, null, () => closed).catch(() => socket.terminate())
      await closed
    },
  }
}
