import { randomInt, randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * An address on this machine that leads one browser to the sign-in page. It is passed to programs instead of the address
 * of the page, because all users of a machine can read the arguments of its processes.
 */
export interface StartLink {
  /** `/` and a part that cannot be guessed; short enough to copy by hand. */
  readonly path: string
  /** Whether it was used in another browser, or withdrawn. */
  isUsedFor(request: IncomingMessage): boolean
  /** Leads to the page. From then on, the link works in this browser only: people reload tabs and go back. */
  lead(response: ServerResponse, address: string): void
  /** From now on, the link leads nowhere. */
  withdraw(): void
}

/** No letter or digit that looks like another one. */
const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz'
/** 49 bits: too many for a website or another user to try while a sign-in lasts. */
const LENGTH = 10

const COOKIE = 'start'

/** `lifetime`: how long the browser that used it may come back, in ms. */
export const startLink = (lifetime: number): StartLink => {
  const path = `/${Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')}`
  /** The value of the cookie in the browser that used the link. */
  let secret: string | null = null
  return {
    path,
    isUsedFor: ({ headers }) => secret !== null && !cookiesOf(headers.cookie).includes(`${COOKIE}=${secret}`),
    lead: (response, address) => {
      secret ??= randomUUID()
      response
        .writeHead(303, {
          location: address,
          // For this path only: all ports of a host share its cookies.
          'set-cookie': `${COOKIE}=${secret}; Path=${path}; Max-Age=${Math.ceil(lifetime / 1000)}; HttpOnly; SameSite=Lax`,
          'cache-control': 'no-store',
          'referrer-policy': 'no-referrer',
          'x-content-type-options': 'nosniff',
          connection: 'close',
        })
        .end()
    },
    withdraw: () => {
      secret ??= randomUUID()
    },
  }
}

const cookiesOf = (header = ''): readonly string[] => header.split(';').map((cookie) => cookie.trim())

/** The path of a request; null if it has none. */
export const pathOf = ({ url = '' }: IncomingMessage): string | null =>
  URL.canParse(url, 'http://localhost') ? new URL(url, 'http://localhost').pathname : null

/**
 * The HTTP status for a request that does not come from a person who opens a link; null if it may. Browsers fetch an
 * address while it is typed and announce it (`Sec-Purpose`, before `Purpose`); a 503 makes them fetch it again when
 * it is opened.
 */
export const statusOfPreview = ({ method, headers }: IncomingMessage): number | null => {
  if (method === 'HEAD') return 200
  if (method !== 'GET') return 405
  const purpose = [headers['sec-purpose'], headers.purpose, headers['x-moz'], headers['x-purpose']].join(' ')
  return /prefetch|prerender|preview/i.test(purpose) ? 503 : null
}
