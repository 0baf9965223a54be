import type { InspectionEvent } from 'xstate'
import { openInspectorSocket } from './inspector-socket.ts'
import { InspectorUnavailable } from './inspector-unavailable.ts'
import { statelyMessage } from './stately-message.ts'

/** A connection to Stately's inspector. */
export interface ConnectedInspector {
  /** For the book's option of the same name. Never throws. */
  readonly inspect: (event: InspectionEvent) => void
  /** Sends pending messages and closes the connection, so that nothing keeps the process alive. */
  readonly stop: () => Promise<void>
}

/** The default address of `createInspectorServer` of `@statelyai/inspect/server`. */
const DEFAULT_ADDRESS = 'ws://localhost:8080'

/**
 * Connects to an inspector of Stately that listens on a WebSocket. It sends only the envelopes of events and the
 * states of the machines: every message passes `statelyMessage` just before it is sent.
 *
 * Uses its own connection, because the package's reconnects every five seconds forever, even after a stop, so that the
 * process never ends. Throws `InspectorUnavailable` if the package is not installed or no inspector is listening.
 */
export const statelyInspector = async ({ url = DEFAULT_ADDRESS } = {}): Promise<ConnectedInspector> => {
  const { createInspector } = await import('@statelyai/inspect').catch((error: unknown) => {
    throw new InspectorUnavailable('not-installed', error)
  })
  const socket = await openInspectorSocket(url)
  const inspector = createInspector({
    send: (raw) => {
      const message = statelyMessage(raw)
      if (message) socket.send(JSON.stringify(message))
    },
  })
  return {
    inspect: (event) => {
      try {
        inspector.inspect.next?.(event)
      } catch {
        // A failing inspector must not end an import.
      }
    },
    stop: async () => {
      // The package converts messages in a timer of its own, which has to fire first.
      await new Promise((resolve) => setTimeout(resolve, 0))
      await socket.close()
    },
  }
}
