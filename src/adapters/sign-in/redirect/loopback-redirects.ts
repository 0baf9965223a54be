import { createHmac, randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { startAwakeTimer } from '../../../async/awake-timer.ts'
import { withTimeout } from '../../../async/with-timeout.ts'
import { ImportFailure } from '../../../domain/failures.ts'
import type { LateRedirect, LateRedirects } from '../../../ports/sign-in.ts'
import { GRACE, hashOf } from './late-redirects.ts'
import { type LoopbackServer, openLoopbackServer } from './loopback-server.ts'
import { readRedirect } from './redirect-request.ts'
import type { RedirectOutcome } from './outcomes.ts'
import { sendResultPage } from './result-page.ts'
import { pathOf, type StartLink, startLink, statusOfPreview } from './start-link.ts'

export interface RedirectListener {
  readonly attempt: string
  /** How long the tab gets an answer, in ms in which the device is awake, regardless of when the attempt ends. */
  readonly lifetime: number
  /**
   * Whether an answer comes from the authority to which the tab was sent. Any other answer is not used, and the tab
   * keeps waiting.
   */
  isGenuine?(answer: URLSearchParams): boolean
  /**
   * Called with the first answer, and with empty parameters when a link to the page is opened after the attempt was
   * over. Resolves to the outcome to show in the tab.
   */
  answered(answer: URLSearchParams): Promise<RedirectOutcome>
  /** The outcome to show if the tab redirects after the process has ended. */
  late(): LateRedirect['why']
}

export interface ExpectedRedirect {
  readonly redirectUri: string
  readonly state: string
  /** Makes links on this machine that lead to the sign-in page at this address. */
  readonly startAt: (address: string) => StartLinks
  /** Ends the attempt: its tab still gets an answer, but no longer keeps the process alive. */
  readonly release: () => void
}

/** Each works in one browser only. */
export interface StartLinks {
  /** For the browser that is opened. Other users of the machine can read it in the list of processes. */
  readonly opened: string
  /** For the person, who may want another browser. */
  readonly shown: string
  /** No browser opened: from then on, `opened` leads nowhere. */
  readonly notOpened: () => void
}

export interface LoopbackRedirects {
  /** Throws `ImportFailure` `loopback-unavailable` if no port can be opened. */
  expect(request: RedirectListener): Promise<ExpectedRedirect>
  /** The sockets that listen for the tabs without an answer; empty if there are none. */
  sockets(): Promise<LoopbackServer['sockets']>
  /** Closes, and resolves to the tabs that have had no answer; null if there are none. */
  handOver(): Promise<LateRedirects | null>
  /** Finishes answers in progress, for at most a second, and stops listening. */
  close(): Promise<void>
}

interface Waiting {
  readonly request: RedirectListener
  readonly until: Date
  readonly stopTimer: () => void
  live: boolean
  answered: boolean
  /** The address of the sign-in page, and the links to it. */
  start: { readonly address: string; readonly links: readonly StartLink[] } | null
  /** Whether a browser was led to the sign-in page. */
  hasLeft: boolean
  /** Whether a link was opened after the attempt was over. */
  isReopened: boolean
}

/**
 * Receives the redirects of sign-in pages on this machine (RFC 8252, section 7.3), and leads browsers to these pages. All
 * attempts of this process share one port and are distinguished by `state`. It listens as long as a tab is waiting for an
 * answer.
 */
export const loopbackRedirects = (appName: string): LoopbackRedirects => {
  const secret = randomBytes(32)
  const tabs = new Map<string, Waiting>()
  const inProgress = new Set<Promise<void>>()
  let server: Promise<LoopbackServer> | null = null

  const outcomeOf = async (request: IncomingMessage): Promise<RedirectOutcome | number> => {
    const answer = await readRedirect(request)
    if (typeof answer === 'number') return answer
    const tab = tabs.get(answer.get('state') ?? '')
    if (tab === undefined) return 'unknown'
    if (tab.answered) return 'already-answered'
    if (tab.request.isGenuine?.(answer) === false) return 'foreign-issuer'
    tab.answered = true
    return tab.request.answered(answer)
  }

  /** Null if the browser was led to the sign-in page. */
  const followLink = async (
    tab: Waiting,
    link: StartLink,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<RedirectOutcome | number | null> => {
    const status = statusOfPreview(request)
    if (status !== null) return status
    if (tab.answered) return 'already-answered'
    if (!tab.live) {
      if (tab.isReopened) return tab.request.late()
      tab.isReopened = true
      // Only a tab that is at the sign-in page can still redirect.
      tab.answered = !tab.hasLeft
      return tab.request.answered(new URLSearchParams())
    }
    if (link.isUsedFor(request)) return 'link-used'
    tab.hasLeft = true
    link.lead(response, tab.start?.address ?? '')
    return null
  }

  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = pathOf(request)
    const started = [...tabs.values()].flatMap(
      (tab) => tab.start?.links.filter((link) => link.path === path).map((link) => ({ tab, link })) ?? [],
    )[0]
    const answer = started ? followLink(started.tab, started.link, request, response) : outcomeOf(request)
    const outcome = await answer.catch((): RedirectOutcome => 'internal')
    if (outcome !== null) await sendResultPage(response, outcome, appName)
  }

  const listen = (): Promise<LoopbackServer> =>
    openLoopbackServer((request, response) => {
      const done = respond(request, response).finally(() => {
        inProgress.delete(done)
        void adjust()
      })
      inProgress.add(done)
    })

  const adjust = async (): Promise<void> => {
    const open = (await server?.catch(() => null)) ?? null
    open?.keepAlive([...tabs.values()].some(({ live }) => live))
    if (tabs.size > 0 || inProgress.size > 0 || open === null) return
    server = null
    void open.close()
  }

  const close = async (): Promise<void> => {
    for (const { stopTimer } of tabs.values()) stopTimer()
    const open = await server?.catch(() => null)
    server = null
    await open?.close(GRACE)
    await withTimeout(GRACE, null, () => Promise.all(inProgress)).catch(() => undefined)
    tabs.clear()
  }

  return {
    expect: async (request) => {
      // Not the id itself: states end up in browser histories and proxy logs.
      const state = createHmac('sha256', secret)
        .update(`${request.attempt} ${randomBytes(16).toString('hex')}`)
        .digest('base64url')
      const forget = () => {
        tabs.delete(state)
        void adjust()
      }
      const tab: Waiting = {
        request,
        until: new Date(Date.now() + request.lifetime),
        live: true,
        answered: false,
        start: null,
        hasLeft: false,
        isReopened: false,
        stopTimer: startAwakeTimer(request.lifetime, forget, { keepsProcess: false }),
      }
      tabs.set(state, tab)
      try {
        const { port } = await (server ??= listen())
        await adjust()
        const redirectUri = `http://localhost:${port}`
        return {
          redirectUri,
          state,
          startAt: (address) => {
            const [opened, shown] = [startLink(request.lifetime), startLink(request.lifetime)]
            tab.start = { address, links: [opened, shown] }
            return {
              opened: redirectUri + opened.path,
              shown: redirectUri + shown.path,
              notOpened: () => opened.withdraw(),
            }
          },
          release: () => {
            tab.live = false
            void adjust()
          },
        }
      } catch (error) {
        tab.stopTimer()
        tabs.delete(state)
        server = null
        throw new ImportFailure('loopback-unavailable', {}, error)
      }
    },
    sockets: async () => {
      const open = await server?.catch(() => null)
      return [...tabs.values()].some(({ answered }) => !answered) ? (open?.sockets ?? []) : []
    },
    handOver: async () => {
      const open = await server?.catch(() => null)
      const before = [...tabs]
      await close()
      // Answers in progress have finished.
      const left = before.filter(([, { answered }]) => !answered)
      if (!open || left.length === 0) return null
      return {
        port: open.port,
        until: new Date(Math.max(...left.map(([, { until }]) => until.getTime()))),
        tabs: left.map(([state, { request, start, hasLeft }]) => ({
          attempt: request.attempt,
          stateHash: hashOf(state),
          linkHashes: start?.links.map(({ path }) => hashOf(path)) ?? [],
          hasLeft,
          why: request.late(),
        })),
      }
    },
    close,
  }
}
