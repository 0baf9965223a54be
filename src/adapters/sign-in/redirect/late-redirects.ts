import { createHash } from 'node:crypto'
import type { IncomingMessage, RequestListener } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { withTimeout } from '../../../async/with-timeout.ts'
import type { LateRedirect, LateRedirects } from '../../../ports/sign-in.ts'
import { type AdoptedSockets, type LoopbackServer, openLoopbackServer } from './loopback-server.ts'
import { readRedirect } from './redirect-request.ts'
import type { RedirectOutcome } from './outcomes.ts'
import { sendResultPage } from './result-page.ts'
import { pathOf, statusOfPreview } from './start-link.ts'

export interface LateRedirectsOptions {
  readonly appName?: string
  /** Sockets that the process before has passed on. Absent: it opens its own, once the port is free. */
  readonly adopted?: AdoptedSockets
  /** Ends the waiting early. */
  readonly signal: AbortSignal
  /** Called when a tab redirects. Its page waits until this settles; a failure is ignored. */
  readonly answered: (tab: LateRedirect) => Promise<unknown>
}

/** In ms: how long the process that handed over the tabs may take to free the port. */
const PATIENCE = 10_000
const PAUSE = 10
/** In ms: how long answers in progress may take when a server closes. */
export const GRACE = 1000

/**
 * Answers the tabs of a process that has ended (`SignIn.handOver`). No code is read or redeemed. Resolves when every
 * tab has been answered, the time is over or `signal` aborts; rejects with the system's error if another program
 * holds the port.
 */
export const answerLateRedirects = async (
  { port, until, tabs }: LateRedirects,
  { appName = 'device-contacts', adopted, signal, answered }: LateRedirectsOptions,
): Promise<void> => {
  const open = new Map(tabs.map((tab) => [tab.stateHash, tab]))
  const reopened = new Set<LateRedirect>()
  const inProgress = new Set<Promise<void>>()
  const done = new AbortController()
  const ended = AbortSignal.any([signal, done.signal])

  const record = async (tab: LateRedirect): Promise<RedirectOutcome> => {
    await answered(tab).catch(() => undefined)
    return tab.why
  }

  const followLink = async (
    tab: LateRedirect,
    request: IncomingMessage,
  ): Promise<RedirectOutcome | number> => {
    const status = statusOfPreview(request)
    if (status !== null) return status
    if (!open.has(tab.stateHash)) return 'already-answered'
    if (reopened.has(tab)) return tab.why
    reopened.add(tab)
    // Only a tab that is at the sign-in page can still redirect.
    if (!tab.hasLeft) open.delete(tab.stateHash)
    return record(tab)
  }

  const outcomeOf = async (request: IncomingMessage): Promise<RedirectOutcome | number> => {
    const pathHash = hashOf(pathOf(request) ?? '')
    const started = tabs.find(({ linkHashes }) => linkHashes.includes(pathHash))
    if (started) return followLink(started, request)
    const answer = await readRedirect(request)
    if (typeof answer === 'number') return answer
    const stateHash = hashOf(answer.get('state') ?? '')
    const tab = open.get(stateHash)
    if (tab === undefined)
      return tabs.some((each) => each.stateHash === stateHash) ? 'already-answered' : 'unknown'
    open.delete(stateHash)
    return record(tab)
  }

  const respond: RequestListener = (request, response) => {
    const page = outcomeOf(request)
      .catch((): RedirectOutcome => 'internal')
      .then((outcome) => sendResultPage(response, outcome, appName))
      .finally(() => {
        inProgress.delete(page)
        if (open.size === 0 && inProgress.size === 0) done.abort()
      })
    inProgress.add(page)
  }
  const server = adopted ? adopted.serve(respond, port) : await openWhenFree(port, ended, respond)
  await wait(Math.max(0, until.getTime() - Date.now()), null, { signal: ended }).catch(() => undefined)
  await server?.close(GRACE)
  await withTimeout(GRACE, null, () => Promise.all(inProgress)).catch(() => undefined)
}

export const hashOf = (state: string): string => createHash('sha256').update(state).digest('base64url')

const openWhenFree = async (
  port: number,
  ended: AbortSignal,
  listener: RequestListener,
): Promise<LoopbackServer | null> => {
  const deadline = Date.now() + PATIENCE
  while (!ended.aborted) {
    try {
      return await openLoopbackServer(listener, port)
    } catch (error) {
      if (Date.now() > deadline) throw error
      await wait(PAUSE)
    }
  }
  return null
}
