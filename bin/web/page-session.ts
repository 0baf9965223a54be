import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { statusOfPreview } from '../../src/adapters/sign-in/redirect/start-link.ts'
import { sendMessagePage } from './message-page.ts'
import { end } from './page-server.ts'

/** The one browser that may see the page of a program. */
export interface PageSession {
  /** The path to open: it works once. */
  readonly entrance: string
  /** Answers the entrance; false: the path is none. */
  readonly admit: (request: IncomingMessage, response: ServerResponse, path: string) => boolean
  /** Whether the request comes from the browser that was admitted. */
  isAdmitted(request: IncomingMessage): boolean
  /** Whether a WebSocket comes from the page that the entrance led to. */
  hasKey(request: IncomingMessage): boolean
}

const ENTRANCE = '/open/'

/** The subprotocol that the page offers besides its key. */
export const SUBPROTOCOL = 'device-contacts'

/**
 * Admits one browser. The entrance is used once and leads to a page whose address has no secret; a cookie that no script can
 * read and no other site can send is what admits the browser from then on. All ports of a host share its cookies, so another
 * server on this machine could read it. A WebSocket therefore also needs a key, which the page keeps in the storage of its
 * origin, and the right `Origin`.
 */
export const pageSession = (cookieName: string): PageSession => {
  const [token, cookie, key] = [secret(), secret(), secret()]
  let isUsed = false
  const isAdmitted = ({ headers }: IncomingMessage) =>
    listed(headers.cookie, ';').some((each) => isSame(each, `${cookieName}=${cookie}`))
  return {
    entrance: ENTRANCE + token,
    isAdmitted,
    hasKey: ({ headers }) =>
      listed(headers['sec-websocket-protocol'], ',').some((each) => isSame(each, `key.${key}`)),
    admit: (request, response, path) => {
      if (!path.startsWith(ENTRANCE)) return false
      const preview = statusOfPreview(request)
      if (preview !== null) end(response, preview)
      else if (!isUsed && isSame(path, ENTRANCE + token)) {
        isUsed = true
        sendMessagePage(response, {
          status: 200,
          heading: 'One moment',
          text: 'Your contacts are about to open.',
          // A redirect would keep the site that the link was pressed on, and the browser then holds back the cookie.
          next: `/#key=${key}`,
          headers: { 'set-cookie': `${cookieName}=${cookie}; Path=/; HttpOnly; SameSite=Strict` },
        })
      } else sendRefusal(response)
      return true
    },
  }
}

/** Says that this browser was not admitted, and what to do. */
export const sendRefusal = (response: ServerResponse): void =>
  sendMessagePage(response, {
    status: 403,
    heading: 'This address works once',
    text: 'It was opened before, or in another browser. To open your contacts here, end the program with Ctrl-C and run the command again.',
  })

const secret = (): string => randomBytes(32).toString('base64url')

const listed = (header = '', separator: string): readonly string[] =>
  header.split(separator).map((each) => each.trim())

/** Takes as long for each wrong text, so that nothing can be guessed bit by bit. */
const isSame = (given: string, expected: string): boolean => timingSafeEqual(hash(given), hash(expected))

const hash = (text: string): Buffer => createHash('sha256').update(text).digest()
