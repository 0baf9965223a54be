import { abortable } from '../../async/abortable.ts'
import type { Timers } from './timers.ts'

/** Shared by all requests to one mailbox: limits how many are in flight, and can pause all of them. */
export interface RequestGate {
  /** No request may go out before then (milliseconds since 1970). */
  readonly pausedUntil: number
  /**
   * Resolves when a request may go out, in order of arrival, to a function that frees its place; calling the function
   * again does nothing. Rejects with the signal's reason.
   *
   * @param weight how many requests the service serves at once for it; a weight above the capacity goes alone
   */
  enter(signal: AbortSignal, weight?: number): Promise<() => void>
  /** Lets no request out before then (milliseconds since 1970). After this call, batches get no extra place. */
  pause(until: number): void
}

/**
 * @param places requests in flight at once
 * @param options.served requests that the service serves at once: a batch counts as many as it runs in parallel
 * @param options.afterPause the same, once there was a pause
 */
export const createRequestGate = (
  places: number,
  timers: Timers,
  { served = places, afterPause = places }: { readonly served?: number; readonly afterPause?: number } = {},
): RequestGate => {
  let inFlight = 0
  let weightInFlight = 0
  let capacity = served
  let pausedUntil = 0
  let pausedAt = 0
  const queue = new Set<object>()
  let waiting: (() => void)[] = []

  const wakeAll = () => {
    const woken = waiting
    waiting = []
    for (const wake of woken) wake()
  }
  const changed = () => new Promise<void>((resolve) => waiting.push(resolve))
  const isFull = (weight: number) =>
    inFlight >= places || (inFlight > 0 && weightInFlight + weight > capacity)
  const first = (): object | undefined => queue.values().next().value

  /** If the clock was set back, the pause begins again rather than lasting until its old end. */
  const pauseEnd = (): number => {
    const now = timers.now()
    if (now < pausedAt) {
      pausedUntil = now + (pausedUntil - pausedAt)
      pausedAt = now
    }
    return pausedUntil
  }

  return {
    get pausedUntil() {
      return pauseEnd()
    },
    enter: async (signal, weight = 1) => {
      const turn = {}
      queue.add(turn)
      try {
        for (;;) {
          signal.throwIfAborted()
          const pause = pauseEnd() - timers.now()
          if (pause > 0) await timers.wait(pause, signal)
          else if (first() !== turn || isFull(weight)) await abortable(changed(), signal)
          else break
        }
        inFlight++
        weightInFlight += weight
      } finally {
        queue.delete(turn)
        wakeAll()
      }
      let isIn = true
      return () => {
        if (!isIn) return
        isIn = false
        inFlight--
        weightInFlight -= weight
        wakeAll()
      }
    },
    pause: (until) => {
      pausedUntil = Math.max(pauseEnd(), until)
      pausedAt = timers.now()
      capacity = Math.min(capacity, afterPause)
    },
  }
}
