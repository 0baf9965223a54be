import { abortable } from '../../async/abortable.ts'
import type { Timers } from './timers.ts'

/** Shared by all requests to one mailbox: limits how many are in flight, and stops all of them for a while. */
export interface RequestGate {
  /** Nobody is let in before then (milliseconds since 1970). */
  readonly pausedUntil: number
  /**
   * Resolves when a request may go out, to the function that gives its place back and may be called again.
   * First come, first served.
   *
   * @param weight how many the service serves at once for it; a request that takes more than there is goes alone
   */
  enter(signal: AbortSignal, weight?: number): Promise<() => void>
  /** Lets nobody in before then (milliseconds since 1970), and from then on no more are served at once than are in flight. */
  pause(until: number): void
}

/**
 * @param places requests in flight at once
 * @param served what the service serves at once: a batch counts as many as it runs side by side
 */
export const createRequestGate = (places: number, timers: Timers, served = places): RequestGate => {
  let inFlight = 0
  let taken = 0
  let capacity = served
  let pausedUntil = 0
  const line = new Set<object>()
  let waiting: (() => void)[] = []

  const lookAgain = () => {
    const woken = waiting
    waiting = []
    for (const wake of woken) wake()
  }
  const changed = () => new Promise<void>((resolve) => waiting.push(resolve))
  const isFull = (weight: number) => inFlight >= places || (inFlight > 0 && taken + weight > capacity)
  const first = (): object | undefined => line.values().next().value

  return {
    get pausedUntil() {
      return pausedUntil
    },
    enter: async (signal, weight = 1) => {
      const turn = {}
      line.add(turn)
      try {
        for (;;) {
          signal.throwIfAborted()
          const pause = pausedUntil - timers.now()
          if (pause > 0) await timers.wait(pause, signal)
          else if (first() !== turn || isFull(weight)) await abortable(changed(), signal)
          else break
        }
        inFlight++
        taken += weight
      } finally {
        line.delete(turn)
        lookAgain()
      }
      let isIn = true
      return () => {
        if (!isIn) return
        isIn = false
        inFlight--
        taken -= weight
        lookAgain()
      }
    },
    pause: (until) => {
      pausedUntil = Math.max(pausedUntil, until)
      capacity = Math.min(capacity, places)
    },
  }
}
