import type { TabChannel } from './tab-messages.ts'
import { type TabState, tabStates } from './tab-state.ts'

/** A tab for a sign-in. Browsers open one only while they handle a click or a key. */
export interface SignInTab {
  /** The browser opened no tab. */
  readonly isBlocked: boolean
  /** Closes the tab, unless a sign-in has taken it: for a command that was refused. */
  close(): void
}

/** The tab of one sign-in, and every tab that is opened while it waits for the person. */
export interface TabsOfAttempt {
  /**
   * Leads the tabs to the sign-in page at this address. `onChange` is called with the state of the newest tab, also for
   * each tab that is opened later; not at all while there is none.
   */
  lead(address: string, onChange: (state: TabState) => void): void
  /** Closes tabs that were not led anywhere. Tabs that are opened later wait for the next sign-in. */
  end(): void
}

export interface SignInTabs {
  /** Opens a tab. Call it in the handler of the click, before anything is awaited. */
  open(): SignInTab
  /** Takes over the tab that was opened for this sign-in, if any. */
  take(): TabsOfAttempt
  close(): void
}

/** In ms; there is no event for a tab that closes. */
const LOOK_EVERY = 250

export interface SignInTabsOptions {
  /** The page that runs `runSignInPage`. */
  readonly page: string
  readonly channel: TabChannel
  /** Opens a tab. Default: `window.open`. */
  readonly open?: (address: string) => Pick<Window, 'closed' | 'close'> | null
}

interface OpenTab {
  readonly id: string
  readonly window: Pick<Window, 'closed' | 'close'>
  readonly states: ReturnType<typeof tabStates>
  isReady: boolean
  isLed: boolean
}

export const signInTabs = ({
  page,
  channel,
  open = (address) => window.open(address, '_blank'),
}: SignInTabsOptions): SignInTabs => {
  const tabs = new Map<string, OpenTab>()
  /** Opened, and not taken yet. */
  let waiting: OpenTab[] = []
  let current: { take(tab: OpenTab): void; lead(tab: OpenTab): void } | null = null
  let stopListening: (() => void) | null = null

  const drop = (tab: OpenTab): void => {
    tabs.delete(tab.id)
    waiting = waiting.filter((other) => other !== tab)
    if (tabs.size > 0) return
    stopListening?.()
    stopListening = null
  }

  const closeUnled = (tab: OpenTab): void => {
    if (tab.isLed) return
    tab.window.close()
    drop(tab)
  }

  const listen = (): void => {
    stopListening ??= channel.listen((message) => {
      if (message.type !== 'ready' && message.type !== 'left') return
      const tab = tabs.get(message.tab)
      if (tab === undefined) return
      if (message.type === 'left') {
        tab.states.left(performance.now())
        return
      }
      tab.isReady = true
      current?.lead(tab)
    })
  }

  return {
    open: () => {
      const id = crypto.randomUUID()
      listen()
      const opened = open(`${page}#${new URLSearchParams({ tab: id }).toString()}`)
      if (opened === null) {
        if (tabs.size === 0) {
          stopListening?.()
          stopListening = null
        }
        return { isBlocked: true, close: () => undefined }
      }
      const tab: OpenTab = { id, window: opened, states: tabStates(), isReady: false, isLed: false }
      tabs.set(id, tab)
      if (current !== null) current.take(tab)
      else waiting.push(tab)
      return { isBlocked: false, close: () => (waiting.includes(tab) ? closeUnled(tab) : undefined) }
    },

    take: () => {
      const own = waiting
      waiting = []
      let led: { readonly address: string; readonly onChange: (state: TabState) => void } | null = null
      let timer: ReturnType<typeof setInterval> | undefined
      let state: TabState | null = null

      const look = (): void => {
        const newest = own.at(-1)
        if (newest === undefined || led === null) return
        const now = newest.states.look(newest.window.closed, performance.now())
        if (now === state) return
        state = now
        led.onChange(now)
      }
      const leadTab = (tab: OpenTab): void => {
        if (led === null || !tab.isReady || !own.includes(tab)) return
        tab.isLed = true
        channel.post({ type: 'go', tab: tab.id, address: led.address })
      }
      const attempt = {
        lead: leadTab,
        take: (tab: OpenTab): void => {
          own.push(tab)
          state = null
          look()
        },
      }
      current = attempt
      return {
        lead: (address, onChange) => {
          led = { address, onChange }
          for (const tab of own) leadTab(tab)
          look()
          timer ??= setInterval(look, LOOK_EVERY)
        },
        end: () => {
          clearInterval(timer)
          led = null
          for (const tab of own.splice(0)) {
            if (!tab.isLed) tab.window.close()
            drop(tab)
          }
          if (current === attempt) current = null
        },
      }
    },

    close: () => {
      for (const tab of [...waiting]) closeUnled(tab)
      stopListening?.()
      stopListening = null
    },
  }
}
