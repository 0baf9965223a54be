/** How long an id of a message may be, in characters. */
const LONGEST_ID = 100
/** In characters; as long as an answer of Entra can be in an address. */
const LONGEST_ANSWER = 65_536

/** What the page of a sign-in tab tells the app. */
export type PageMessage =
  /** The start page of this tab is there, and waits for the address of the sign-in page. */
  | { readonly type: 'ready'; readonly tab: string }
  /** The start page is left for the sign-in page. */
  | { readonly type: 'left'; readonly tab: string }
  /** The sign-in page sent the tab back. `answer` is the form-encoded response; `page` is a random id for the reply. */
  | { readonly type: 'answered'; readonly page: string; readonly answer: string }
  /** The page still waits for the outcome, and asks whether the app is still there. */
  | { readonly type: 'waiting'; readonly page: string }

/** What the app tells a page of a sign-in tab. */
export type AppMessage =
  | { readonly type: 'go'; readonly tab: string; readonly address: string }
  /** The app knows this sign-in, and an outcome follows. Said again each time the page asks. */
  | { readonly type: 'heard'; readonly page: string }
  | { readonly type: 'outcome'; readonly page: string; readonly outcome: string }
  /** The person has to answer again, at this address. */
  | { readonly type: 'again'; readonly page: string; readonly address: string }

/** All tabs of an origin share the channel. Ids and the `state` of an answer tell them apart. */
const CHANNEL = 'device-contacts/sign-in'

export interface TabChannel {
  post(message: PageMessage | AppMessage): void
  /** The returned function stops listening. The channel is open as long as anybody listens or posts. */
  listen(listener: (message: PageMessage | AppMessage) => void): () => void
}

/** A channel between an app and the pages of its sign-in tabs, which have the same origin. It stays open while it is listened to. */
export const tabChannel = (): TabChannel => {
  const listeners = new Set<(message: PageMessage | AppMessage) => void>()
  let channel: BroadcastChannel | null = null
  const opened = (): BroadcastChannel => {
    if (channel !== null) return channel
    channel = new BroadcastChannel(CHANNEL)
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      const message = messageIn(data)
      if (message !== null) for (const listener of [...listeners]) listener(message)
    }
    return channel
  }
  const close = (): void => {
    if (listeners.size > 0) return
    channel?.close()
    channel = null
  }
  return {
    post: (message) => {
      opened().postMessage(message)
      close()
    },
    listen: (listener) => {
      listeners.add(listener)
      opened()
      return () => {
        listeners.delete(listener)
        close()
      }
    },
  }
}

/** Any script of the origin can post, also one of an earlier version. */
const messageIn = (data: unknown): PageMessage | AppMessage | null => {
  if (typeof data !== 'object' || data === null) return null
  const { type, tab, page, answer, address, outcome } = data as Partial<Record<string, unknown>>
  const isTab = isText(tab, LONGEST_ID)
  const isPage = isText(page, LONGEST_ID)
  if ((type === 'ready' || type === 'left') && isTab) return { type, tab }
  if (type === 'answered' && isPage && isText(answer, LONGEST_ANSWER)) return { type, page, answer }
  if (type === 'go' && isTab && isText(address, LONGEST_ANSWER)) return { type, tab, address }
  if ((type === 'heard' || type === 'waiting') && isPage) return { type, page }
  if (type === 'outcome' && isPage && isText(outcome, LONGEST_ID)) return { type, page, outcome }
  if (type === 'again' && isPage && isText(address, LONGEST_ANSWER)) return { type, page, address }
  return null
}

const isText = (value: unknown, longest: number): value is string =>
  typeof value === 'string' && value.length <= longest
