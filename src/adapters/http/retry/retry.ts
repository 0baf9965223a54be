import type { Context, Middleware } from '@microsoft/microsoft-graph-client'
import { ImportFailure } from '../../../domain/failures.ts'
import type { Waiting } from '../../../ports/contact-source.ts'
import { awakeTime } from '../awake-time.ts'
import { type NetworkEvents, waitForNetwork } from '../connection/network-wait.ts'
import { errorDetails } from '../error-details.ts'
import type { HttpLimits } from '../limits.ts'
import { detourOf, onArrival, requestSignal, weightOf } from '../request-context.ts'
import type { RequestGate } from '../request-gate.ts'
import { retryAfter } from './retry-after.ts'
import { StubbornFault } from './stubborn-fault.ts'
import type { Timers } from '../timers.ts'
import { throttled, TransientError } from './transient-error.ts'

export interface RetryOptions {
  readonly gate: RequestGate
  readonly limits: HttpLimits
  readonly timers: Timers
  /** Ends waits for the network early. Null or absent: all of them last as long as planned. */
  readonly network?: NetworkEvents | null
  /** Called with every wait, and with null when it is over. */
  readonly onWaiting: (waiting: Waiting | null) => void
}

/** Graph, "Throttling": decide by status. Errors of a gateway or of the server itself are transient as well. */
const transientStatuses: ReadonlySet<number> = new Set([429, 500, 502, 503, 504])

/** Whether a retry of a request that got this status may succeed. */
export const isTransientStatus = (status: number): boolean => transientStatuses.has(status)

/**
 * Sends a request until it succeeds or the time of `limits.retries` is over, not counting time in which the device
 * sleeps. Waits as long as the service asks, plus jitter, or backs off if the service names no wait. A 429 pauses all
 * requests at the gate. Only for requests that may be repeated.
 *
 * Throws the `ImportFailure` of the last error when the time is over. If the service asks for a wait beyond that
 * time, throws `throttled` immediately, with the time at which to try again. A request with a detour fails with
 * `StubbornFault` after as many failures of the server as the detour says, unless there is an outage.
 */
export const retry = (next: Middleware, options: RetryOptions): Middleware => {
  const { gate, limits, timers, network = null, onWaiting } = options
  /** Enters the gate. If another request, or a part of one, was told to wait, reports that wait. */
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
      return await transientErrorOf(context.response, timers.now())
    } catch (error) {
      if (error instanceof TransientError) return error
      throw error
    }
  }

  /** Milliseconds to wait before the next try. Throws if there is no further try. */
  const pauseAfter = (
    error: TransientError,
    more: { failures: number; doublings: number; left: number; hasDetour: boolean },
  ): number => {
    const { failures, left, hasDetour } = more
    const backoff = Math.min(limits.firstBackoff * 2 ** more.doublings, limits.longestBackoff)
    // Jitter is added to a wait that the service names as well, and it grows: otherwise all devices with the same
    // wait would return together.
    const jitter = timers.random() * (backoff / 2)
    if (error.retryAfter !== null && error.retryAfter > left) {
      throw throttled(error.details, error.retryAfter, timers.now(), error.cause)
    }
    if (left <= 0 || (error.fewTries && failures >= limits.fewTries)) {
      const Failure = error.brokenBody && hasDetour ? StubbornFault : ImportFailure
      throw new Failure(error.code, error.details, error.cause)
    }
    return error.retryAfter === null ? Math.min(backoff / 2 + jitter, left) : error.retryAfter + jitter
  }

  return {
    execute: async (context) => {
      const signal = requestSignal(context)
      const detour = detourOf(context)
      let failedAt = detour?.failedAt ?? null
      let faults = failedAt === null ? 0 : 1
      let left = limits.retries
      let lastPause = 0
      let failedLast: number | null = null
      let doublings = 0
      for (let failures = 0; ; failures++, doublings++) {
        const paused = Math.max(0, gate.pausedUntil - timers.now())
        const leave = await entered(context)
        onArrival(context, leave)
        let error: TransientError | null
        let pause: number
        let now: number
        let isHopeless: boolean
        try {
          error = await attempt(context)
          if (error === null) return
          now = timers.now()
          if (failedLast !== null)
            left -= awakeTime(now - failedLast, lastPause, lastPause + paused + limits.request)
          failedLast = now
          // A wait that is too long for this request pauses no other request: the service may answer those.
          isHopeless = detour !== null && isTooLong(error, left)
          pause = isHopeless
            ? 0
            : pauseAfter(error, { failures, doublings, left, hasDetour: detour !== null })
          if (error.reason === 'throttled') gate.pause(now + pause)
        } finally {
          // Leave only after the pause is set, so that queued requests see it.
          leave()
        }
        if (detour !== null && error.reason === 'service-unavailable') {
          failedAt ??= now
          faults += weightOfFault(error)
          // Asked outside the gate, because finding out may take a request.
          if ((faults >= detour.faults || isHopeless) && !(await detour.isOutage(failedAt)))
            throw new StubbornFault(error.code, error.details, error.cause)
          if (isHopeless) throw throttled(error.details, error.retryAfter ?? 0, now, error.cause)
        }
        const canRetryNow = mayBeTheNetwork(error)
        onWaiting({ until: new Date(now + pause), reason: error.reason, ...(canRetryNow && { canRetryNow }) })
        lastPause = pause
        try {
          if (!canRetryNow) await timers.wait(pause, signal)
          else if (await waitForNetwork(pause, signal, { timers, network })) doublings = -1
        } finally {
          onWaiting(null)
        }
      }
    },
  }
}

/** Nothing was answered. In a page, that may be the network although the browser does not know it. */
const mayBeTheNetwork = ({ reason, details, retryAfter }: TransientError): boolean =>
  reason === 'offline' ||
  (reason === 'service-unavailable' && details.status === undefined && retryAfter === null)

const isTooLong = ({ reason, retryAfter }: TransientError, left: number): boolean =>
  reason === 'service-unavailable' && retryAfter !== null && retryAfter > left

/** A broken connection or body says less about the request than an error of the server or no response. */
const weightOfFault = ({ brokenBody, details, cause }: TransientError): number =>
  brokenBody || (details.status === undefined && cause !== undefined) ? 0.5 : 1

const transientErrorOf = async (
  response: Response | undefined,
  now: number,
): Promise<TransientError | null> => {
  if (response === undefined || !isTransientStatus(response.status)) return null
  const kind = response.status === 429 ? 'throttled' : 'service-unavailable'
  const details = errorDetails(response, await response.json())
  return new TransientError(kind, kind, { details, retryAfter: retryAfter(response.headers, now) })
}
