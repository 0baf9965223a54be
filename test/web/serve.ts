import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { SiteFiles } from './bundle.ts'

/** A web server on this machine. */
export interface Served {
  readonly origin: string
  close(): Promise<void>
}

const types = [
  ['.js', 'text/javascript'],
  ['.css', 'text/css'],
] as const

/** Serves files by their paths. A path without an extension is a page. */
export const serve = async (
  files: () => SiteFiles,
  headers: (path: string) => Readonly<Record<string, string>> = () => ({}),
): Promise<Served> => {
  const server = createServer(({ url = '/' }, response) => {
    const path = url.replace(/\?.*/, '')
    const file = files().get(path)
    if (file === undefined) return response.writeHead(404).end()
    const [, type = 'text/html'] = types.find(([end]) => path.endsWith(end)) ?? []
    return response.writeHead(200, { 'content-type': type, ...headers(path) }).end(file)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
