import { once } from 'node:events'
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo, Server as SocketServer } from 'node:net'
import { withTimeout } from '../../../async/with-timeout.ts'
import { isLoopbackHost } from '../../../formats/loopback-host.ts'

export interface LoopbackServer {
  readonly port: number
  /** The listening sockets, one for each address. */
  readonly sockets: readonly SocketServer[]
  /** Sets whether waiting for requests keeps the process alive. */
  keepAlive(yes: boolean): void
  /** Stops listening at once. Ends connections that have had no answer within `grace` ms (0: at once). */
  close(grace?: number): Promise<void>
}

const ATTEMPTS = 10
/** In ms. */
const patience = { requestTimeout: 30_000, headersTimeout: 10_000 }

/**
 * Listens on a port of this machine only (0: any free one), on both loopback addresses: `localhost` may mean either of
 * them (RFC 6761, section 6.3), and a program that holds the port on the other one would receive our answers. A machine
 * that has only one of them listens there.
 * Requests that name another host are refused, because a website may have bound its name to this machine (DNS
 * rebinding). Throws the system's error if no port can be opened.
 */
export const openLoopbackServer = async (listener: RequestListener, wanted = 0): Promise<LoopbackServer> => {
  for (let attempt = 1; ; attempt++) {
    const first = await listen(listener, '127.0.0.1', wanted).catch(async (error: unknown) => {
      if (isInUse(error)) throw error
      return listen(listener, '::1', wanted).catch(() => {
        throw error
      })
    })
    const { port, address } = first.address() as AddressInfo
    if (address === '::1') return handle(port, [first])
    try {
      return handle(port, [first, await listen(listener, '::1', port)])
    } catch (error) {
      if (!isInUse(error)) return handle(port, [first])
      first.close()
      if (wanted !== 0 || attempt === ATTEMPTS) throw error
    }
  }
}

const isInUse = (error: unknown): boolean => Reflect.get(Object(error), 'code') === 'EADDRINUSE'

/** Sockets of another process on which this process listens as well. */
export interface AdoptedSockets {
  /** From now on, connections wait here. */
  add(socket: SocketServer): void
  serve(listener: RequestListener, port: number): LoopbackServer
}

/** Takes over the sockets of a process that is about to end, so that no connection is refused in between. */
export const adoptSockets = (): AdoptedSockets => {
  const server = createServer(patience, (request, response) => void respond(request, response))
  // Node checks these limits only for a server that listens on a socket of its own.
  server.setTimeout(patience.requestTimeout)
  const sockets: SocketServer[] = []
  let begin: (listener: RequestListener) => void = () => undefined
  const begun = new Promise<RequestListener>((resolve) => (begin = resolve))
  const respond = async (request: IncomingMessage, response: ServerResponse) =>
    onlyHere(await begun)(request, response)
  return {
    add: (socket) => {
      sockets.push(socket.on('connection', (connection) => server.emit('connection', connection)))
    },
    serve: (listener, port) => {
      begin(listener)
      const adopted = handle(port, sockets)
      return {
        ...adopted,
        close: async (grace) => {
          await adopted.close(grace)
          server.closeAllConnections()
        },
      }
    },
  }
}

const handle = (port: number, servers: readonly SocketServer[]): LoopbackServer => ({
  port,
  sockets: servers,
  keepAlive: (yes) => {
    for (const server of servers) {
      if (yes) server.ref()
      else server.unref()
    }
  },
  close: async (grace = 0) => {
    const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)))
    // A connection that was just accepted has not sent its request yet.
    if (grace > 0) await withTimeout(grace, null, () => Promise.all(closed)).catch(() => undefined)
    for (const server of servers) if (server instanceof Server) server.closeAllConnections()
  },
})

const listen = async (listener: RequestListener, host: string, port: number): Promise<Server> => {
  const server = createServer(patience, onlyHere(listener))
  server.listen(port, host)
  await once(server, 'listening')
  return server
}

/** Refuses requests that name another host. */
const onlyHere =
  (listener: RequestListener): RequestListener =>
  (request, response) => {
    const [name = ''] = (request.headers.host ?? '').split(/:\d+$/)
    if (isLoopbackHost(name)) listener(request, response)
    else response.writeHead(421, { connection: 'close' }).end()
  }
