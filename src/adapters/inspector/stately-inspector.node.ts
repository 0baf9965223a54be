import type { InspectionEvent } from 'xstate'
import { openInspectorSocket } from './inspector-socket.ts'
import { InspectorUnavailable } from './inspector-unavailable.ts'
import { statelyMessage } from './stately-message.ts'

/** A connection to Stately's inspector. */
export interface ConnectedInspector {
  /** For the book's option of the same name. Never throws. */
  readonly inspect: (event: InspectionEvent) => void
  /** Sends what is left and lets go of the connection: nothing keeps the process alive afterwards. */
  readonly stop: () => Promise<void>
}

/** Where `createInspectorServer` of `@statelyai/inspect/server` listens unless it is told otherwise. */
const USUAL_ADDRESS = 'ws://localhost:8080'

/**
 * Connects to an inspector of Stately that listens on a WebSocket. Nothing but the envelopes of events and
 * the states of the machines is sent: everything passes `statelyMessage` just before the wire.
 *
 * The connection is ours because the package's own tries again every five seconds for ever, after a stop
 * as well, so that the process never ends. Throws `InspectorUnavailable` where the package is not
 * installed or nobody listens.
 */
export const statelyInspector = async ({ url = USUAL_ADDRESS } = {}): Promise<ConnectedInspector> => {
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
        // An import matters more than the one who watches it.
      }
    },
    stop: async () => {
      // The package converts what it was given in a timer of its own.
      await new Promise((resolve) => setTimeout(resolve, 0))
      await socket.close()
    },
  }
}
