import type { Context, Middleware } from '@microsoft/microsoft-graph-client'
import { ImportFailure } from '../../domain/failures.ts'
import type { Waiting } from '../../ports/contact-source.ts'
import { errorDetails } from './error-details.ts'
import type { HttpLimits } from './limits.ts'
import { onArrival, requestSignal, weightOf } from './request-context.ts'
import type { RequestGate } from './request-gate.ts'
import { retryAfter } from './retry-after.ts'
import type { Timers } from './timers.ts'
import { throttled, TransientError } from './transient-error.ts'

export interface RetryOptions {
  readonly gate: RequestGate
  readonly limits: HttpLimits
  readonly timers: Timers
  /** Told of every wait, and null when it is over. */
  readonly onWaiting: (waiting: Waiting | null) => void
}

/** Graph, "Throttling": decide by status. The gateway's and the server's own trouble passes as well. */
const passing = new Set([429, 500, 502, 503, 504])

/**
 * Sends a request until it is answered or the budget is spent: waits as long as the service asks, with
 * jitter on top, or backs off where it does not say. A 429 stops everybody at the gate. Only for requests
 * that may be repeated.
 *
 * Throws the `ImportFailure` of the last fault when the budget is spent, and at once `throttled` with the
 * time to come back where the service asks for a longer wait than the budget has.
 */
export const retry = (next: Middleware, { gate, limits, timers, onWaiting }: RetryOptions): Middleware => {
  /** Where another request, or part of one, was told to wait, this one waits as well, and says so. */
  const entered = async (context: Context) => {
    const isPaused = gate.pausedUntil > timers.now()
    if (isPaused) onWaiting({ until: new Date(gate.pausedUntil), reason: 'throttled' })
    try {
      return await gate.enter(requestSignal(context), weightOf(context))
    } finally {
      if (isPaused) onWaiting(null)
    }
  }

  const attempt = async (context: Context): Promise<TransientError | null> => {
    try {
      await next.execute(context)
      return await faultOf(context.response, timers.now())
    } catch (error) {
      if (error instanceof TransientError) return error
      throw error
    }
  }

  /** Milliseconds to wait before the next attempt. Throws where there is none. */
  const pauseAfter = (fault: TransientError, failures: number, left: number): number => {
    const backoff = Math.min(limits.firstBackoff * 2 ** failures, limits.longestBackoff)
    // On top of a wait that is named as well, and growing: all who were told the same would come back together.
    const jitter = timers.random() * (backoff / 2)
    if (fault.retryAfter !== null && fault.retryAfter > left) {
      throw throttled(fault.details, fault.retryAfter, timers.now(), fault.cause)
    }
    if (left <= 0 || (fault.brokenBody && failures >= limits.brokenBodies))
      throw new ImportFailure(fault.code, fault.details, fault.cause)
    return fault.retryAfter === null ? Math.min(backoff / 2 + jitter, left) : fault.retryAfter + jitter
  }

  return {
    execute: async (context) => {
      const signal = requestSignal(context)
      let end = Infinity
      for (let failures = 0; ; failures++) {
        const leave = await entered(context)
        onArrival(context, leave)
        let fault: TransientError | null
        let pause: number
        let now: number
        try {
          fault = await attempt(context)
          if (fault === null) return
          now = timers.now()
          if (failures === 0) end = now + limits.retries
          pause = pauseAfter(fault, failures, end - now)
          if (fault.reason === 'throttled') gate.pause(now + pause)
        } finally {
          // Only now: whoever waits in line must meet the pause.
          leave()
        }
        onWaiting({ until: new Date(now + pause), reason: fault.reason })
        try {
          await timers.wait(pause, signal)
        } finally {
          onWaiting(null)
        }
      }
    },
  }
}

const faultOf = async (response: Response | undefined, now: number): Promise<TransientError | null> => {
  if (response === undefined || !passing.has(response.status)) return null
  const kind = response.status === 429 ? 'throttled' : 'service-unavailable'
  const details = errorDetails(response, await response.json())
  return new TransientError(kind, kind, { details, retryAfter: retryAfter(response.headers, now) })
}
