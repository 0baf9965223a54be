import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { type RedirectOutcome, wordsOf } from './outcomes.ts'
import { pageStyle } from './page-style.ts'

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

/** No script, no frame, no external resource: the address of this page may contain a code. */
const headers: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-language': 'en',
  'content-security-policy':
    `default-src 'none'; style-src 'sha256-${createHash('sha256').update(pageStyle).digest('base64')}'; ` +
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
<style>${pageStyle}</style>
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
