import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Server } from 'node:net'
import { pathOf } from '../../src/adapters/sign-in/redirect/start-link.ts'
import { openLoopbackServer } from '../../src/adapters/sign-in/redirect/loopback-server.ts'
import type { PageConfig } from '../../src/shells/web/page/page-config.ts'
import { headersOf, safeHeaders } from './page-headers.ts'
import type { PageFile } from './page-files.ts'

export interface PageServerOptions {
  /** 0: any free one. */
  readonly port: number
  readonly files: ReadonlyMap<string, PageFile>
  /** What the page is told, once the address is known. */
  config(origin: string): PageConfig
  /** Other origins that the page may reach. */
  readonly connect?: readonly string[]
  /** Answers requests that are for no file; false: this is none of them. */
  answer?(request: IncomingMessage, response: ServerResponse, path: string): boolean
  /** Called before a file is sent; true: it was refused. */
  refuse?(request: IncomingMessage, response: ServerResponse): boolean
}

/** Serves the page to this machine. */
export interface PageServer {
  /** `http://localhost:PORT` */
  readonly origin: string
  /** The sockets, for WebSockets. */
  readonly servers: readonly Server[]
  close(): Promise<void>
}

/**
 * Serves the page at `http://localhost:PORT`, to requests that name exactly this host: a website could bind its own name to
 * this machine (DNS rebinding). Throws the system's error if the port cannot be opened.
 */
export const servePage = async (options: PageServerOptions): Promise<PageServer> => {
  const { files, connect = [] } = options
  let origin = ''
  const respond = (request: IncomingMessage, response: ServerResponse): void => {
    const path = pathOf(request)
    if (`http://${request.headers.host ?? ''}` !== origin) end(response, 421)
    else if (path === null) end(response, 400)
    else if (!options.answer?.(request, response, path)) sendFile(request, response, path)
  }
  const sendFile = (request: IncomingMessage, response: ServerResponse, path: string): void => {
    const { method } = request
    if (method !== 'GET' && method !== 'HEAD') {
      end(response, 405)
      return
    }
    if (options.refuse?.(request, response)) return
    const file = path === '/config.json' ? jsonFile(options.config(origin)) : files.get(path)
    if (file === undefined) {
      end(response, 404)
      return
    }
    // Not every browser takes 'self' for WebSockets as well.
    const headers = headersOf(path, file, [origin.replace('http', 'ws'), ...connect])
    response.writeHead(200, headers).end(method === 'HEAD' ? undefined : file.body)
  }
  const server = await openLoopbackServer(respond, options.port)
  origin = `http://localhost:${server.port}`
  return { origin, servers: server.sockets, close: () => server.close() }
}

/** Ends a request without a body. */
export const end = (response: ServerResponse, status: number): void =>
  void response.writeHead(status, { ...safeHeaders, 'cache-control': 'no-store', 'content-length': 0 }).end()

const jsonFile = (value: unknown): PageFile => ({
  type: 'application/json; charset=utf-8',
  body: Buffer.from(JSON.stringify(value)),
  isImmutable: false,
})
