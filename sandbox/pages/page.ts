import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { Settings } from '../settings.ts'

export interface Page {
  readonly title: string
  /** Short name of the page, for robots and tests. */
  readonly name: string
  /** Trusted HTML: input has been escaped with `escapeHtml`. */
  readonly body: string
  readonly script?: string
}

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

const bannerOf = (company: string): string => `SANDBOX: not ${company}`

/** On every page of Microsoft. */
export const BANNER = bannerOf('Microsoft')

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; --line: #8886; --accent: #8a3ffc }
body { margin: 0; min-height: 100vh; display: grid; grid-template-rows: auto 1fr; justify-items: center }
body > .banner { margin: 0; width: 100%; box-sizing: border-box; padding: .5rem; text-align: center; font-weight: 600;
  color: #fff; background: repeating-linear-gradient(135deg, #6929c4 0 1rem, #491d8b 1rem 2rem) }
main { width: min(27rem, calc(100vw - 2rem)); margin: 8vh 0 2rem }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 1rem }
form { margin: 0 }
ul { list-style: none; margin: 1rem 0; padding: 0; border-top: 1px solid var(--line) }
li { border-bottom: 1px solid var(--line); padding: .6rem 0 }
small { display: block; opacity: .8; overflow-wrap: anywhere }
button, .button { font: inherit; padding: .45rem 1.5rem; border: 1px solid var(--line); border-radius: .4rem;
  background: transparent; color: inherit; cursor: pointer; text-decoration: none; display: inline-block }
button.primary { background: var(--accent); border-color: var(--accent); color: #fff }
button.row { display: block; width: 100%; text-align: start; border: 0; border-radius: .4rem; padding: .5rem }
button.row:hover { background: #8882 }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
input[type=text], input[type=email] { font: inherit; width: 100%; box-sizing: border-box; padding: .45rem }
.actions { display: flex; gap: .75rem; justify-content: flex-end; margin-top: 1.5rem; flex-wrap: wrap }
.error { border-inline-start: .3rem solid #da1e28; padding-inline-start: .75rem }
`

const sha256 = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Where forms may be sent: here, and to an app on this machine. Browsers apply it to redirects too. */
const FORM_ACTION = "form-action 'self' http://localhost:* http://127.0.0.1:*"

/** For pages of oidc-provider, which adds the hash of its own script. */
export const PROVIDER_CSP = `default-src 'none'; script-src 'self'; base-uri 'none'; frame-ancestors 'none'; ${FORM_ACTION}`

/** A complete page with its headers. Every page says that this is not the company that it stands for. */
export const renderPage = (
  { title, name, body, script }: Page,
  company: 'Microsoft' | 'Google' = 'Microsoft',
): { html: string; headers: Record<string, string> } => ({
  html: `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} – SANDBOX</title><style>${STYLE}</style></head>
<body data-page="${escapeHtml(name)}">
<p class="banner" role="note">${bannerOf(company)}</p>
<main><h1>${escapeHtml(title)}</h1>
${body}
</main>${script === undefined ? '' : `<script>${script}</script>`}</body></html>`,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy':
      `default-src 'none'; style-src ${sha256(STYLE)}; base-uri 'none'; frame-ancestors 'none'; ${FORM_ACTION}` +
      (script === undefined ? '' : `; script-src ${sha256(script)}`),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  },
})

/** Whether a page keeps its tie to the page that opened it. */
export const openerHeaders = ({ current }: Settings): Readonly<Record<string, string>> =>
  current.openerPolicy === 'none' ? {} : { 'cross-origin-opener-policy': current.openerPolicy }

export const sendPage = (response: ServerResponse, page: Page, status = 200): void => {
  const { html, headers } = renderPage(page)
  response.writeHead(status, headers).end(html)
}
