import type { PageFile } from './page-files.ts'

/** What the page may do: run its own scripts, show photos as blobs, and reach its server and these origins. */
const policy = (connect: readonly string[]): string =>
  [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self'`,
    `img-src 'self' blob:`,
    `connect-src ${["'self'", ...connect].join(' ')}`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types lit-html`,
  ].join('; ')

/** What no answer lacks: it is for this origin, it is of the type that it says, and it tells no other page its address. */
export const safeHeaders: Readonly<Record<string, string>> = {
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

/**
 * The headers of a file. A tab that was opened for a sign-in must not send `Cross-Origin-Opener-Policy`: with one, the app
 * never notices that it was closed (docs/browsers.md).
 */
export const headersOf = (
  path: string,
  { type, body, isImmutable }: PageFile,
  connect: readonly string[],
): Readonly<Record<string, string | number>> => ({
  ...safeHeaders,
  'content-type': type,
  'content-length': body.length,
  'cache-control': isImmutable ? 'private, max-age=31536000, immutable' : 'no-cache',
  ...(type.startsWith('text/html') && {
    'content-security-policy': policy(connect),
    ...(path !== '/sign-in.html' && { 'cross-origin-opener-policy': 'same-origin-allow-popups' }),
  }),
})
