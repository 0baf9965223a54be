import { BookDisconnected, connectBook, webSocketPort } from '../../../../browser.ts'
import type { PageConfig } from '../page-config.ts'
import type { OpenPage, PageState } from '../page-state.ts'

const KEY = 'device-contacts/key'

/** The server chooses it, because it must choose one (RFC 6455, section 4.1), and does not repeat the key. */
const SUBPROTOCOL = 'device-contacts'

/** In ms. A program on this machine answers at once, or has ended. */
const RETRY_AFTER = 1000
const RETRIES = 5

/** What a program that ends says (RFC 6455, section 7.4.1: going away). */
const GOING_AWAY = 1001

/**
 * Takes the key of the session out of the address, where it must not stay. Web storage belongs to the port as well, unlike
 * cookies, so no other program on this machine ever sees the key.
 */
export const takeKey = (): string | null => {
  const [, key = null] = /^#key=([\w-]+)$/.exec(location.hash) ?? []
  if (key !== null) history.replaceState(null, '', location.pathname)
  try {
    if (key !== null) sessionStorage.setItem(KEY, key)
    return key ?? sessionStorage.getItem(KEY)
  } catch {
    // Storage is forbidden: the key then ends with this page.
    return key
  }
}

/** Shows the book of the program that serves this page, and connects again when the connection breaks. Never rejects. */
export const openProgramBook = async (
  config: PageConfig,
  key: string | null,
  show: (state: PageState) => void,
): Promise<void> => {
  let last: OpenPage | null = null
  for (let retry = 0; retry <= RETRIES; retry++) {
    const socket = key === null ? null : await openSocket(key)
    if (socket !== null) {
      const ended = closing(socket)
      const client = await connectBook(webSocketPort(socket)).catch(ignoreDisconnection)
      if (client !== null) {
        last = {
          client,
          signInTabs: null,
          outlookFile: null,
          adminConsentLink: config.adminConsentLink ?? null,
          storage: 'file',
        }
        show({ phase: 'open', page: last, isLost: false })
        retry = 0
      }
      if ((await ended) === GOING_AWAY) break
    } else if (key === null || (await isThere())) {
      show({ phase: 'refused' })
      return
    }
    if (last !== null) show({ phase: 'open', page: last, isLost: true })
    await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER))
  }
  show({ phase: 'ended' })
}

/** Null if the program does not accept it. */
const openSocket = (key: string): Promise<WebSocket | null> => {
  const address = new URL('book', document.baseURI)
  address.protocol = address.protocol.replace('http', 'ws')
  const socket = new WebSocket(address, [SUBPROTOCOL, `key.${key}`])
  return new Promise((resolve) => {
    socket.addEventListener('open', () => resolve(socket))
    socket.addEventListener('close', () => resolve(null))
  })
}

const closing = (socket: WebSocket): Promise<number> =>
  new Promise((resolve) => socket.addEventListener('close', ({ code }) => resolve(code)))

const ignoreDisconnection = (error: unknown): null => {
  if (error instanceof BookDisconnected) return null
  throw error
}

/** Whether the program still answers: then it has refused the WebSocket, because it does not know this tab. */
const isThere = (): Promise<boolean> =>
  fetch(new URL('config.json', document.baseURI), { cache: 'no-store' }).then(
    () => true,
    () => false,
  )
