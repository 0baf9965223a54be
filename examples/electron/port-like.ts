import type { EventEmitter } from 'node:events'
import type { MessagePortLike } from 'device-contacts/node'
import type { MessagePortMain } from 'electron'

/** A port of the main process as `serveBook` needs it: its events are those of the web, but it has the listeners of Node. */
export const portLike = (port: MessagePortMain): MessagePortLike => {
  const emitter: EventEmitter = port
  return {
    postMessage: (message) => port.postMessage(message),
    addEventListener: (type, listener) => void emitter.on(type, listener),
    removeEventListener: (type, listener) => void emitter.off(type, listener),
    start: () => port.start(),
  }
}
