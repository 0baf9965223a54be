import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { type RedirectOutcome, wordsOf } from './outcomes.ts'

export interface ResultPage {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const statusOf: Readonly<Partial<Record<RedirectOutcome, number>>> = {
  'foreign-issuer': 400,
  'link-used': 410,
  unknown: 400,
  internal: 500,
}

const style = `
:root { color-scheme: light dark; --line: #d3d7de; --card: #fff; --back: #f3f5f8; --text: #1b1f27; --soft: #4d5666;
  --mark: #8a5300 }
[data-good] { --mark: #0b6b3a }
@media (prefers-color-scheme: dark) {
  :root { --line: #39414f; --card: #1d222b; --back: #12151b; --text: #eef1f6; --soft: #b3bccb; --mark: #f0b35f }
  [data-good] { --mark: #62d394 }
}
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem; background: var(--back);
  color: var(--text); font: 1.0625rem/1.55 system-ui, sans-serif }
main { width: min(32rem, 100%); padding: 2rem; background: var(--card); border: 1px solid var(--line);
  border-top: .375rem solid var(--mark); border-radius: .75rem; overflow-wrap: anywhere }
.app { margin: 0 0 .75rem; color: var(--soft); font-size: .9375rem }
h1 { margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.25 }
p { margin: .5rem 0 0 }
.next { font-weight: 600 }
`

/** No script, no frame, no external resource: the address of this page may contain a code. */
const headers: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-language': 'en',
  'content-security-policy':
    `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; ` +
    `base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  connection: 'close',
}

/** The page that tells the user in the tab how the sign-in ended. */
export const resultPage = (outcome: RedirectOutcome, appName: string): ResultPage => {
  const { heading, text, next } = wordsOf(outcome)
  const app = escapeHtml(appName)
  const body = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${heading} – ${app}</title>
<style>${style}</style>
</head>
<body>
<main${outcome === 'granted' ? ' data-good' : ''}>
<p class="app">${app}</p>
<div role="status">
<h1>${heading}</h1>
<p>${text}</p>
<p class="next">${next}</p>
</div>
</main>
</body>
</html>
`
  return { status: statusOf[outcome] ?? 200, headers, body }
}

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

/** Sends the page that says how a sign-in tab ended. A number is the HTTP status for a request that was not a redirect. */
export const sendResultPage = async (
  response: ServerResponse,
  outcome: RedirectOutcome | number,
  appName: string,
): Promise<void> => {
  const { status, headers, body } = resultPage(typeof outcome === 'number' ? 'unknown' : outcome, appName)
  // The user may have closed the tab meanwhile.
  if (response.destroyed) return
  await new Promise<void>((resolve) => {
    response
      .on('close', resolve)
      .writeHead(typeof outcome === 'number' ? outcome : status, headers)
      .end(body)
  })
}
