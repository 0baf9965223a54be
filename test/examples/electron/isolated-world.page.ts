/** Runs before the preload script, in a world of its own: what Electron gives such a script to receive ports. */
import { decodeMessage, encodeMessage } from '../../../src/client/remote/json-messages.ts'

/** A message through a port, on its way between the page and the main process. */
export interface Carried {
  readonly port: number
  readonly data: unknown
}

type Listener = (event: { readonly ports: readonly MessagePort[] }) => void

/** In this world only. */
declare const toMain: (text: string) => void

const listeners = new Map<string, Listener>()
const ports = new Map<number, MessagePort>()

const ipcRenderer = { on: (channel: string, listener: Listener) => listeners.set(channel, listener) }

const world = {
  require: (name: string) => {
    if (name !== 'electron') throw new Error(`a preload script in Electron's sandbox cannot import ${name}`)
    return { ipcRenderer }
  },
  receivePort: (channel: string, port: number) => {
    const { port1, port2 } = new MessageChannel()
    ports.set(port, port1)
    port1.onmessage = ({ data }) => toMain(encodeMessage({ port, data } satisfies Carried))
    listeners.get(channel)?.({ ports: [port2] })
  },
  receive: (text: string) => {
    const { port, data } = decodeMessage(text) as Carried
    ports.get(port)?.postMessage(data)
  },
}

Object.assign(globalThis, world)
