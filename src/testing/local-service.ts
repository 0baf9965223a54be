import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type LocalAnswer = (response: ServerResponse, request: IncomingMessage) => unknown

/** A real server on this machine. The test decides its answers. */
export interface LocalService {
  readonly url: URL
  /** All requests so far, in order. */
  readonly received: readonly IncomingMessage[]
  /** Aborts open requests and stops listening. */
  close(): Promise<void>
}

export const localService = async (answer: LocalAnswer): Promise<LocalService> => {
  const received: IncomingMessage[] = []
  const server = createServer((request, response) => {
    received.push(request)
    void answer(response, request)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`),
    received,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

/** Answers JSON. */
export const json =
  (body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): LocalAnswer =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
