import { EventEmitter } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'

/** A `MessagePortMain` over a port of Node: structured clones, messages that wait for `start`, and the end of the other side. */
export class PortStandIn extends EventEmitter {
  readonly #port: MessagePort

  constructor(port: MessagePort) {
    super()
    this.#port = port
    port.on('close', () => this.emit('close'))
  }

  postMessage(message: unknown): void {
    this.#port.postMessage(message)
  }

  start(): void {
    this.#port.on('message', (data: unknown) => this.emit('message', { data, ports: [] }))
  }

  /** The port of Node, for the one to whom this one is sent. */
  transfer(): MessagePort {
    return this.#port
  }
}

/** A `MessageChannelMain`. */
export class ChannelStandIn {
  readonly port1: PortStandIn
  readonly port2: PortStandIn

  constructor() {
    const { port1, port2 } = new MessageChannel()
    this.port1 = new PortStandIn(port1)
    this.port2 = new PortStandIn(port2)
  }
}
