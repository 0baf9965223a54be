import type { Middleware } from '@microsoft/microsoft-graph-client'
import type { VirtualTime } from './virtual-time.ts'

export interface ServiceRules {
  /** Requests that are answered per window; the others get a 429. */
  readonly limit: number
  /** Milliseconds. */
  readonly window: number
  /** Requests of one mailbox at once. */
  readonly perMailbox: number
  /** Milliseconds until a response: uniformly distributed between the first and the second. */
  readonly latency: readonly [number, number]
}

/** One request and its answer, in milliseconds since the start. */
export interface Exchange {
  readonly mailbox: number
  readonly sent: number
  readonly answered: number
  /** Seconds to wait that a 429 asks for; null if the request was answered. */
  readonly retryAfter: number | null
}

/** Graph, "MailboxConcurrency": asks for one second. */
const CONCURRENCY_WAIT = 1

/**
 * A service with a limit that resets with each window. A 429 asks to wait for the next window, in whole
 * seconds. Returns a function that gives the middleware for one mailbox.
 */
export const throttledService = (
  { limit, window, perMailbox, latency: [shortest, longest] }: ServiceRules,
  time: VirtualTime,
  onExchange: (exchange: Exchange) => void,
): ((mailbox: number) => Middleware) => {
  let current = -1
  let served = 0

  /** Seconds to wait, null for a request that is answered. */
  const admit = (inFlight: number): number | null => {
    const now = time.elapsed()
    if (inFlight >= perMailbox) return CONCURRENCY_WAIT
    const index = Math.floor(now / window)
    if (index !== current) [current, served] = [index, 0]
    if (served >= limit) return Math.ceil(((index + 1) * window - now) / 1000)
    served++
    return null
  }

  return (mailbox) => {
    let inFlight = 0
    return {
      execute: (context) => {
        const retryAfter = admit(inFlight)
        const sent = time.elapsed()
        const latency = Math.round(shortest + (longest - shortest) * time.timers.random())
        onExchange({ mailbox, sent, answered: sent + latency, retryAfter })
        inFlight++
        return new Promise((resolve) => {
          time.after(latency, () => {
            inFlight--
            context.response = retryAfter === null ? fine : refusal(retryAfter)
            resolve()
          })
        })
      },
    }
  }
}

/** Shared, because creating millions of responses would take most of the time. */
const fine = new Response('{}')

const refusals = new Map<number, Response>()
const refusal = (retryAfter: number): Response => {
  const known = refusals.get(retryAfter)
  if (known !== undefined) return known
  const init = { status: 429, headers: { 'retry-after': String(retryAfter) } }
  const made = Object.assign(new Response(null, init), { json: async () => undefined })
  refusals.set(retryAfter, made)
  return made
}
