import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { fileURLToPath } from 'node:url'

/** The path of a file in `certificates`. */
export const certificate = (name: string): string =>
  fileURLToPath(new URL(`certificates/${name}`, import.meta.url))

export interface OfficeProxy {
  readonly port: number
  /** The requested targets, `host:port`, and the `Proxy-Authorization` of each. */
  readonly tunnels: readonly { readonly target: string; readonly authorization: string | undefined }[]
  close(): Promise<void>
}

export interface OfficeProxyOptions {
  /** Hosts that only the proxy can resolve, with their ports on this machine. */
  readonly hosts?: Readonly<Record<string, number>>
  /** The status with which it refuses every tunnel; 0 for none: it stays silent. Default: 200. */
  readonly status?: number
  /** User name and password without which it answers 407. */
  readonly login?: string
  /** The proxy itself speaks TLS, with this certificate. */
  readonly secure?: string
}

/** A proxy of an organization: the only way to hosts whose names cannot be resolved elsewhere. */
export const officeProxy = async ({
  hosts = {},
  status = 200,
  login,
  secure,
}: OfficeProxyOptions = {}): Promise<OfficeProxy> => {
  const tunnels: OfficeProxy['tunnels'][number][] = []
  const open = new Set<Socket>()
  const refuse = (_: IncomingMessage, response: ServerResponse) => response.writeHead(400).end()
  const server = secure === undefined ? createServer(refuse) : createTlsServer(identity(secure), refuse)
  server.on('connection', (socket: Socket) => {
    open.add(socket.on('error', () => undefined).on('close', () => open.delete(socket)))
  })
  server.on('connect', ({ url = '', headers }: IncomingMessage, client: Socket) => {
    client.on('error', () => undefined)
    tunnels.push({ target: url, authorization: headers['proxy-authorization'] })
    const isKnown =
      login === undefined ||
      headers['proxy-authorization'] === `Basic ${Buffer.from(login).toString('base64')}`
    const port = hosts[url.replace(/:\d+$/, '')]
    const answer = !isKnown ? 407 : status !== 200 ? status : port === undefined ? 502 : 200
    if (answer === 0) return
    client.write(`HTTP/1.1 ${answer} Answer\r\n\r\n`)
    if (answer !== 200 || port === undefined) return void client.end()
    const upstream = connect(port, '127.0.0.1')
    open.add(upstream.on('error', () => client.destroy()).on('close', () => open.delete(upstream)))
    client.pipe(upstream).pipe(client)
  })
  return { tunnels, ...(await listening(server, open)) }
}

export interface OfficeService {
  readonly port: number
  close(): Promise<void>
}

/** A service of plain http, or one with a certificate for `*.example.test`. */
export const officeService = async (answer: RequestListener, pem?: string): Promise<OfficeService> => {
  const server = pem === undefined ? createServer(answer) : createTlsServer(identity(pem), answer)
  const open = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    open.add(socket.on('error', () => undefined).on('close', () => open.delete(socket)))
  })
  return listening(server, open)
}

const identity = (pem: string) => ({
  cert: readFileSync(certificate(pem)),
  key: readFileSync(certificate('server.key')),
})

const listening = async (server: Server, open: ReadonlySet<Socket>): Promise<OfficeService> => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      for (const socket of open) socket.destroy()
      await closed
    },
  }
}
