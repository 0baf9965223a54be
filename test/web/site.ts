import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { bundleOf } from './bundle.ts'

/** The web server of an app: its page, the page of sign-in tabs, and their scripts. */
export interface Site {
  readonly app: string
  readonly signInPage: string
  /** How long the page of sign-in tabs waits for the app, in ms. */
  patience: number
  close(): Promise<void>
}

/** Strict, as an app's should be: no inline script or style, no markup made of texts. */
const policy = (connect: string): string =>
  `default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ${connect}; ` +
  `base-uri 'none'; form-action 'none'; frame-ancestors 'none'; ` +
  `require-trusted-types-for 'script'; trusted-types 'none'`

/**
 * @param connect the origins that the app's page may send requests to
 * @param script the script of the app's page
 */
export const startSite = async (connect: string, script = 'app.page.ts'): Promise<Site> => {
  const [app, signIn] = await Promise.all([bundleOf(script), bundleOf('sign-in.page.ts')])
  const server = createServer((request, response) => {
    const send = (type: string, body: string, headers: Readonly<Record<string, string>> = {}) =>
      response
        .writeHead(200, { 'content-type': type, 'content-security-policy': policy(connect), ...headers })
        .end(body)
    const page = (script: string) =>
      `<!doctype html><html lang="en" data-patience="${site.patience}"><meta charset="utf-8"><title>App</title>` +
      `<link rel="icon" href="data:,"><script type="module" src="${script}"></script>`
    if (request.url === '/app.js') send('text/javascript', app)
    else if (request.url === '/sign-in.js') send('text/javascript', signIn)
    else if (request.url === '/sign-in') send('text/html', page('/sign-in.js'))
    else send('text/html', page('/app.js'), { 'cross-origin-opener-policy': 'same-origin-allow-popups' })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`
  const site: Site = {
    app: `${origin}/`,
    signInPage: `${origin}/sign-in`,
    patience: 60_000,
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
  return site
}
