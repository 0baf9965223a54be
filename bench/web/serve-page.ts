import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/** The pages that are compared. */
export type PageName = 'ours' | 'plain'

/** A page of this folder with its minified scripts, at an origin of its own, until the signal aborts. */
export const servePage = async (name: PageName, signal: AbortSignal): Promise<string> => {
  const scripts = await scriptsOf(name)
  const server = createServer(({ url = '/' }, response) => {
    const script = scripts.get(url)
    if (script !== undefined) response.writeHead(200, { 'content-type': 'text/javascript' }).end(script)
    else if (url === '/' || url === '/?open')
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(
          '<!doctype html><meta charset="utf-8"><title>Contacts</title><link rel="icon" href="data:,">' +
            '<script type="module" src="/page.js"></script><body></body>',
        )
    else response.writeHead(404).end()
  })
  signal.addEventListener('abort', () => server.close().closeAllConnections())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://localhost:${(server.address() as AddressInfo).port}`
}

const scriptsOf = async (name: PageName): Promise<ReadonlyMap<string, string>> => {
  // This module and the pages beside it are compiled, or are not.
  const entry = fileURLToPath(new URL(`${name}.page${extname(import.meta.url)}`, import.meta.url))
  const built = await build({
    configFile: false,
    logLevel: 'error',
    // Immer asks for it. Builds of libraries leave that to the app.
    define: { 'process.env.NODE_ENV': JSON.stringify('production') },
    build: {
      write: false,
      target: 'es2023',
      lib: { entry, formats: ['es'], fileName: () => 'page.js' },
      rolldownOptions: { output: { minify: true } },
    },
  })
  const outputs = [built].flat().flatMap((each) => ('output' in each ? each.output : []))
  return new Map(
    outputs.flatMap((each) => (each.type === 'chunk' ? [[`/${each.fileName}`, each.code] as const] : [])),
  )
}
