import { abortable } from './abortable.ts'
import type { Timers } from './timers.ts'

/** Shared by all requests to one mailbox: limits how many are in flight, and stops all of them for a while. */
export interface Fence {
  /** Resolves when a request may go out, to the function that gives its place back. */
  enter(signal: AbortSignal): Promise<() => void>
  /** Lets nobody in before then (milliseconds since 1970). */
  pause(until: number): void
}

export const createFence = (places: number, timers: Timers): Fence => {
  let taken = 0
  let pausedUntil = 0
  let queue: (() => void)[] = []

  const leave = () => {
    taken--
    // All of them look again, because the first in line may have been aborted meanwhile.
    const waiting = queue
    queue = []
    for (const wake of waiting) wake()
  }
  const freed = () => new Promise<void>((resolve) => queue.push(resolve))

  return {
    enter: async (signal) => {
      for (;;) {
        signal.throwIfAborted()
        const pause = pausedUntil - timers.now()
        if (pause > 0) await timers.wait(pause, signal)
        else if (taken >= places) await abortable(freed(), signal)
        else break
      }
      taken++
      return leave
    },
    pause: (until) => {
      pausedUntil = Math.max(pausedUntil, until)
    },
  }
}
