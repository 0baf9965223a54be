import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface StrangeServer {
  readonly origin: string
  /** Whether a request ever carried a token. */
  readonly hasToken: () => boolean
  close(): void
}

/** A server that is none of Graph's: answers politely, and looks at what it is sent. */
export const strangeServer = async (): Promise<StrangeServer> => {
  let hasToken = false
  const server = createServer((request, response) => {
    hasToken ||= request.headers.authorization !== undefined
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"value":[]}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hasToken: () => hasToken,
    close: () => server.close().closeAllConnections(),
  }
}
