import { request } from 'node:http'
import { once } from 'node:events'
import { WebSocket } from 'ws'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly text: string
}

export interface Asked {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A request as another program can send it, whatever its path, `Host` and `Origin`. */
export const ask = (
  origin: string,
  path: string,
  { method = 'GET', headers = {} }: Asked = {},
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin)
    request({ hostname, port, path, method, headers, agent: false }, (response) => {
      let text = ''
      response
        .setEncoding('utf8')
        .on('data', (chunk: string) => (text += chunk))
        .on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
    })
      .on('error', reject)
      .end()
  })

/** Opens a WebSocket as another program can. Resolves to it, or to the status of the refusal. */
export const connect = async (
  origin: string,
  headers: Readonly<Record<string, string>>,
  protocols: readonly string[],
  path = '/book',
): Promise<WebSocket | number> => {
  const socket = new WebSocket(origin.replace('http', 'ws') + path, [...protocols], { headers })
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(socket))
    socket.on('unexpected-response', (_request, { statusCode = 0 }) => resolve(statusCode))
    socket.on('error', reject)
  })
}

export const disconnect = async (socket: WebSocket | number): Promise<void> => {
  if (typeof socket === 'number') return
  socket.close()
  await once(socket, 'close')
}
