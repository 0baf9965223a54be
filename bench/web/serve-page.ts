import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/** The module of a page, by its path from the module at this address: both are compiled, or both are not. */
export const pageModule = (address: string, path: string): string =>
  fileURLToPath(new URL(`${path}.page${extname(address)}`, address))

/**
 * Pages with their minified scripts at an origin of their own, until the signal aborts. Each is at the path of its name.
 *
 * @param entries the modules of the pages, by name
 */
export const servePages = async (
  entries: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<string> => {
  const scripts = new Map<string, string>()
  for (const [name, entry] of Object.entries(entries))
    for (const [path, code] of await scriptsOf(name, entry)) scripts.set(path, code)
  const server = createServer(({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://localhost')
    const script = scripts.get(pathname)
    if (script !== undefined) response.writeHead(200, { 'content-type': 'text/javascript' }).end(script)
    else if (Object.hasOwn(entries, pathname.slice(1)))
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(
          '<!doctype html><html lang="en"><meta charset="utf-8"><title>Contacts</title><link rel="icon" href="data:,">' +
            `<script type="module" src="${pathname}.js"></script><body></body></html>`,
        )
    else response.writeHead(404).end()
  })
  signal.addEventListener('abort', () => server.close().closeAllConnections())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://localhost:${(server.address() as AddressInfo).port}`
}

const scriptsOf = async (name: string, entry: string): Promise<readonly (readonly [string, string])[]> => {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    // Immer asks for it. Builds of libraries leave that to the app.
    define: { 'process.env.NODE_ENV': JSON.stringify('production') },
    build: {
      write: false,
      target: 'es2023',
      lib: { entry, formats: ['es'], fileName: () => `${name}.js` },
      rolldownOptions: { output: { minify: true } },
    },
  })
  const outputs = [built].flat().flatMap((each) => ('output' in each ? each.output : []))
  return outputs.flatMap((each) => (each.type === 'chunk' ? [[`/${each.fileName}`, each.code] as const] : []))
}
