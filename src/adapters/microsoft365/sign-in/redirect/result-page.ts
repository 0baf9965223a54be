import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { FailureCode } from '../../../../domain/failures.ts'

/** How a sign-in tab ended. A failure is named by its code. */
export type RedirectOutcome =
  | 'granted'
  | 'cancelled'
  | 'already-answered'
  | 'account-refused'
  | 'link-used'
  | 'foreign-issuer'
  | 'unknown'
  | FailureCode

export interface ResultPage {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

interface Words {
  readonly heading: string
  readonly text: string
  readonly next: string
}

const startAgain = 'Go back to the app and start the import again.'
const askAdministrator = 'Ask your administrator to allow this app, then start the import again.'

const granted: Words = {
  heading: 'Done',
  text: 'Your contacts are being imported.',
  next: 'You can close this tab.',
}

const failed: Words = {
  heading: 'The sign-in did not work',
  text: 'Nothing was imported.',
  next: 'Go back to the app: it says what happened and what you can do.',
}

const wordsOf: Readonly<Partial<Record<RedirectOutcome, Words>>> = {
  granted,
  cancelled: {
    heading: 'This import was cancelled',
    text: 'Your sign-in was not used and nothing was imported.',
    next: startAgain,
  },
  'already-answered': {
    heading: 'This sign-in is already finished',
    text: 'There is nothing more to do here.',
    next: 'You can close this tab. The app shows how the import went.',
  },
  'link-used': {
    heading: 'This link was already used',
    text: 'It works in one browser only, so that no other person can use it.',
    next:
      'Continue in the browser that used it first. To use this browser instead, copy the address that the app shows, or start the import again. ' +
      'If you have not used the link before, another user of this device may have used it: cancel the import in the app.',
  },
  unknown: {
    heading: 'The app does not know this sign-in',
    text: 'It may have expired, or the app was closed in the meantime. Nothing was imported.',
    next: startAgain,
  },
  'account-refused': {
    heading: 'This account cannot be used here',
    text: 'It may belong to another organization, or it may be a personal account where a work or school account is needed. Nothing was imported.',
    next: 'Go back to the app, start again and choose another account.',
  },
  'foreign-issuer': {
    heading: 'This answer came from another service',
    text: 'It did not come from the service where you were asked to sign in, so it was not used.',
    next: 'Finish the sign-in in the tab that the app opened. If that is not possible, go back to the app and start the import again.',
  },
  'consent-declined': {
    heading: 'You did not agree',
    text: 'Nothing was imported: the app needs your permission to read your contacts.',
    // Leaving the page "Need admin approval" leads to the same response.
    next:
      'If you change your mind, go back to the app and start the import again. ' +
      'If the page said that an administrator must approve this app, ask your administrator first.',
  },
  'consent-timed-out': {
    heading: 'The sign-in took too long',
    text: 'The app stopped waiting, so nothing was imported.',
    next: startAgain,
  },
  'admin-approval-needed': {
    heading: 'Your organization has to approve this app first',
    text: 'Nothing was imported.',
    next: askAdministrator,
  },
  'sign-in-blocked': {
    heading: 'Your organization blocked this sign-in',
    text: 'A rule of your organization does not allow it. Nothing was imported.',
    next: 'Ask your administrator what you need, then start the import again.',
  },
  'permission-missing': {
    heading: 'The app has no permission to read your contacts',
    text: 'You signed in, but without the permission to read contacts. Nothing was imported.',
    next: askAdministrator,
  },
  'different-account': {
    heading: 'You signed in with a different account',
    text: 'The contacts on this device belong to another account. They were not changed.',
    next: 'To change accounts, sign out in the app first. To keep the account of these contacts, start again and choose that account.',
  },
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
  const { heading, text, next } = wordsOf[outcome] ?? failed
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
