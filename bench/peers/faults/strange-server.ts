import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface StrangeServer {
  readonly origin: string
  /** Whether any request had a token. */
  readonly hasToken: () => boolean
  close(): void
}

/** A server that does not belong to Graph. It answers with an empty page, and looks for tokens in requests. */
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
