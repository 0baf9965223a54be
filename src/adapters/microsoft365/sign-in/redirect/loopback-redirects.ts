import { createHmac, randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { withTimeout } from '../../../../async/with-timeout.ts'
import { ImportFailure } from '../../../../domain/failures.ts'
import type { LateRedirect, LateRedirects } from '../../../../ports/sign-in.ts'
import { GRACE, hashOf } from './late-redirects.ts'
import { type LoopbackServer, openLoopbackServer } from './loopback-server.ts'
import { readRedirect } from './redirect-request.ts'
import { type RedirectOutcome, sendResultPage } from './result-page.ts'

export interface RedirectListener {
  readonly attempt: string
  /** How long the tab gets an answer, in ms, regardless of when the attempt ends. */
  readonly lifetime: number
  /** Called once, with the first answer. Resolves to the outcome to show in the tab. */
  answered(answer: URLSearchParams): Promise<RedirectOutcome>
  /** The outcome to show if the tab redirects after the process has ended. */
  late(): LateRedirect['why']
}

export interface ExpectedRedirect {
  readonly redirectUri: string
  readonly state: string
  /** Ends the attempt: its tab still gets an answer, but no longer keeps the process alive. */
  readonly release: () => void
}

export interface LoopbackRedirects {
  /** Throws `ImportFailure` `loopback-unavailable` if no port can be opened. */
  expect(request: RedirectListener): Promise<ExpectedRedirect>
  /** Closes, and resolves to the tabs that have had no answer; null if there are none. */
  handOver(): Promise<LateRedirects | null>
  /** Finishes answers in progress, for at most a second, and stops listening. */
  close(): Promise<void>
}

interface Waiting {
  readonly request: RedirectListener
  readonly until: Date
  readonly timer: NodeJS.Timeout
  live: boolean
  answered: boolean
}

/**
 * Receives the redirects of sign-in pages on this machine (RFC 8252, section 7.3). All attempts of this process share
 * one port and are distinguished by `state`. It listens as long as a tab is waiting for an answer.
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
    tab.answered = true
    return tab.request.answered(answer)
  }

  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const outcome = await outcomeOf(request).catch((): RedirectOutcome => 'internal')
    await sendResultPage(response, outcome, appName)
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
    open.close()
  }

  const close = async (): Promise<void> => {
    for (const { timer } of tabs.values()) clearTimeout(timer)
    tabs.clear()
    const open = await server?.catch(() => null)
    server = null
    await withTimeout(GRACE, null, () => Promise.all(inProgress)).catch(() => undefined)
    open?.close()
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
      const tab = {
        request,
        until: new Date(Date.now() + request.lifetime),
        live: true,
        answered: false,
        timer: setTimeout(forget, request.lifetime).unref(),
      }
      tabs.set(state, tab)
      try {
        const { port } = await (server ??= listen())
        await adjust()
        return {
          redirectUri: `http://localhost:${port}`,
          state,
          release: () => {
            tab.live = false
            void adjust()
          },
        }
      } catch (error) {
        clearTimeout(tab.timer)
        tabs.delete(state)
        server = null
        throw new ImportFailure('loopback-unavailable', {}, error)
      }
    },
    handOver: async () => {
      const open = await server?.catch(() => null)
      const left = [...tabs].filter(([, { answered }]) => !answered)
      await close()
      if (!open || left.length === 0) return null
      return {
        port: open.port,
        until: new Date(Math.max(...left.map(([, { until }]) => until.getTime()))),
        tabs: left.map(([state, { request }]) => ({
          attempt: request.attempt,
          stateHash: hashOf(state),
          why: request.late(),
        })),
      }
    },
    close,
  }
}
