import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { pageStyle } from '../../src/adapters/sign-in/redirect/page-style.ts'
import { safeHeaders } from './page-headers.ts'

/** A page without a script that says one thing. */
export interface MessagePage {
  readonly status: number
  readonly heading: string
  readonly text: string
  /** Where it leads at once: a path of this server. */
  readonly next?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Sends the page. Its texts are ours, so nothing has to be escaped. */
export const sendMessagePage = (
  response: ServerResponse,
  { status, heading, text, next, headers }: MessagePage,
): void => {
  const refresh = next === undefined ? '' : `<meta http-equiv="refresh" content="0;url=${next}">`
  const link = next === undefined ? '' : `<p class="next"><a href="${next}">My Contacts</a></p>`
  response.writeHead(status, {
    ...safeHeaders,
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy':
      `default-src 'none'; style-src 'sha256-${createHash('sha256').update(pageStyle).digest('base64')}'; ` +
      `base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    'cache-control': 'no-store',
    ...headers,
  }).end(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${refresh}<title>My Contacts</title>
<style>${pageStyle}</style>
<main>
<p class="app">My Contacts</p>
<h1>${heading}</h1>
<p>${text}</p>
${link}</main>
</html>
`)
}
