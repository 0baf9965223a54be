import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { serveBook, webSocketPort } from '../../src/index.ts'
import type { ContactBook, ContactsClientOptions } from '../../src/index.ts'
import type { PageServer } from './page-server.ts'
import { SUBPROTOCOL } from './page-session.ts'

/** Tabs of one person. */
const MOST_SOCKETS = 20

/** In bytes. The longest message of a client is a search. */
const LONGEST_MESSAGE = 256 * 1024

/** RFC 6455, section 7.4.1. */
const GOING_AWAY = 1001

/**
 * Serves a book through WebSockets at `/book`, one for each tab. Refuses each that `mayConnect` does not accept, and all of
 * other origins: a browser lets any page open a WebSocket to any server.
 */
export const serveBookSockets = (
  { origin, servers }: PageServer,
  book: ContactBook,
  mayConnect: (request: IncomingMessage) => boolean,
  options: ContactsClientOptions = {},
): { close(): Promise<void> } => {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: LONGEST_MESSAGE,
    handleProtocols: () => SUBPROTOCOL,
  })
  const open = new Map<WebSocket, ReturnType<typeof serveBook>>()
  const isAllowed = (request: IncomingMessage): boolean =>
    request.url === '/book' &&
    `http://${request.headers.host ?? ''}` === origin &&
    request.headers.origin === origin &&
    open.size < MOST_SOCKETS &&
    mayConnect(request)
  const upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    // A client that is gone is no error of ours.
    stream.on('error', () => stream.destroy())
    if (!isAllowed(request)) {
      stream.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      socket.on('error', () => socket.terminate())
      socket.on('close', () => open.delete(socket))
      open.set(socket, serveBook(book, webSocketPort(socket), options))
    })
  }
  for (const server of servers) server.on('upgrade', upgrade)
  return {
    close: async () => {
      const closed = [...open].map(([socket, served]) => {
        const gone = new Promise((resolve) => socket.once('close', resolve))
        served.close()
        socket.close(GOING_AWAY)
        return gone
      })
      // A tab that does not answer does not hold up the end.
      const timer = setTimeout(() => [...open.keys()].forEach((socket) => socket.terminate()), 500)
      await Promise.all(closed)
      clearTimeout(timer)
    },
  }
}
