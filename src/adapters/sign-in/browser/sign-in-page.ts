import { serviceAddress } from '../authority/service-address.ts'
import type { RedirectOutcome, TabPage } from '../redirect/outcomes.ts'
import { answerTrip } from './redirect-trip.ts'
import { showOutcome } from './show-outcome.ts'
import { tabChannel } from './tab-messages.ts'

/** How the page of sign-in tabs looks and waits. */
export interface SignInPageOptions {
  /** Shown in the tab. Default: the host of the page. */
  readonly appName?: string
  /**
   * How long the app may take to say that it knows the sign-in, in ms. The page then asks as often whether the app is still
   * there. Default: 1,500.
   */
  readonly patience?: number
}

/**
 * Runs the page of sign-in tabs: call it once, first thing in the script of an otherwise empty page of the app's own origin.
 * Its address is the redirect URI of the app registration (platform: single-page application).
 *
 * The page begins each sign-in and ends it. It must send no `Cross-Origin-Opener-Policy`: with one, a tab that is closed can
 * never be noticed. It makes no use of inline scripts or styles, so it runs under a strict Content-Security-Policy and
 * Trusted Types.
 */
export const runSignInPage = ({
  appName = location.host,
  patience = 1_500,
}: SignInPageOptions = {}): void => {
  const parameters = new URLSearchParams(location.hash.slice(1))
  // A code must not stay in the address, nor in the history of the browser.
  history.replaceState(null, '', location.pathname + location.search)
  const show = (page: TabPage) => showOutcome(page, appName)
  const tab = parameters.get('tab')
  if (tab !== null) start(tab, show)
  else if (parameters.has('state')) finish(parameters.toString(), patience, show)
  else show('unknown')
}

/** Waits for the address of the sign-in page, and goes there. */
const start = (tab: string, show: (page: TabPage) => void): void => {
  const channel = tabChannel()
  const stop = channel.listen((message) => {
    if (message.type !== 'go' || message.tab !== tab) return
    const address = serviceAddress(message.address)
    if (address === null) return
    stop()
    addEventListener('pagehide', () => channel.post({ type: 'left', tab }), { once: true })
    location.replace(address)
  })
  show('opening')
  channel.post({ type: 'ready', tab })
}

/** Hands the answer to the app, and shows what it says. */
const finish = (answer: string, patience: number, show: (page: TabPage) => void): void => {
  const trip = storedTrip(answer)
  if (trip !== null) {
    location.replace(trip)
    return
  }
  const channel = tabChannel()
  const page = crypto.randomUUID()
  let shown: TabPage | null = null
  // A screen reader would say the same page again.
  const change = (next: TabPage): void => {
    if (next !== shown) show((shown = next))
  }
  // Said after a while only, and an app that answers late is still believed.
  const giveUp = (why: TabPage) => setTimeout(() => change(why), patience)
  const ask = (): void => {
    channel.post({ type: 'waiting', page })
    timer = giveUp('interrupted')
  }
  let timer = giveUp('unknown')
  const stop = channel.listen((message) => {
    if (!('page' in message) || message.page !== page) return
    clearTimeout(timer)
    if (message.type === 'heard') {
      change('finishing')
      timer = setTimeout(ask, patience)
    }
    if (message.type === 'outcome') {
      stop()
      change(message.outcome as RedirectOutcome)
      // The person wants to see the app. A browser may refuse; then the page says what to do.
      if (message.outcome === 'granted') close()
    }
    if (message.type === 'again') {
      stop()
      const address = serviceAddress(message.address)
      if (address !== null) location.replace(address)
    }
  })
  change('finishing')
  channel.post({ type: 'answered', page, answer })
}

/** The address of the app if its own tab went to the sign-in page, and this is the answer. */
const storedTrip = (answer: string): string | null => {
  try {
    const address = answerTrip(answer, sessionStorage)?.returnTo ?? null
    return address !== null && new URL(address).origin === location.origin ? address : null
  } catch {
    // The storage is forbidden, so there is no such trip.
    return null
  }
}
