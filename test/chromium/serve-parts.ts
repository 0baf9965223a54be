import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const PAGE = '<!doctype html><title>device-contacts</title><script type="module" src="/parts.js"></script>'

/** The origin of a page with `window.parts`, and how to end it. */
export interface ServedParts {
  readonly origin: string
  close(): Promise<void>
}

/** Serves a page with the parts for browsers, for tests that need several pages, profiles or the DevTools protocol. */
export const serveParts = async (): Promise<ServedParts> => {
  const code = await bundled(fileURLToPath(new URL('page/parts.ts', import.meta.url)))
  const server = createServer(({ url }, response) => {
    const file = url === '/' ? PAGE : code.get(url?.slice(1) ?? '')
    if (file === undefined) return response.writeHead(404).end()
    return response.setHeader('content-type', url === '/' ? 'text/html' : 'text/javascript').end(file)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const bundled = async (entry: string): Promise<ReadonlyMap<string, string>> => {
  const results = await build({
    configFile: false,
    logLevel: 'silent',
    // As the bundler of an app does. Libraries ask for it.
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, minify: false, lib: { entry, formats: ['es'], fileName: () => 'parts.js' } },
  })
  const result = [results].flat()[0]
  if (result === undefined || !('output' in result)) throw new Error('nothing was built')
  return new Map(result.output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file.code]] : [])))
}
