import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isLoopbackHost } from '../../../../formats/loopback-host.ts'

export interface LoopbackServer {
  readonly port: number
  /** Sets whether waiting for requests keeps the process alive. */
  keepAlive(yes: boolean): void
  /** Ends all connections immediately. */
  close(): void
}

const ATTEMPTS = 10

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

const handle = (port: number, servers: readonly Server[]): LoopbackServer => ({
  port,
  keepAlive: (yes) => {
    for (const server of servers) {
      if (yes) server.ref()
      else server.unref()
    }
  },
  close: () => {
    for (const server of servers) {
      server.close()
      server.closeAllConnections()
    }
  },
})

const listen = async (listener: RequestListener, host: string, port: number): Promise<Server> => {
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, (request, response) => {
    const [name = ''] = (request.headers.host ?? '').split(/:\d+$/)
    if (isLoopbackHost(name)) listener(request, response)
    else response.writeHead(421, { connection: 'close' }).end()
  })
  server.listen(port, host)
  await once(server, 'listening')
  return server
}
