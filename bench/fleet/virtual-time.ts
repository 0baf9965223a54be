import type { Timers } from '../../src/adapters/http/timers.ts'

export interface VirtualTime {
  /** Time and randomness for the adapters. */
  readonly timers: Timers
  /** Milliseconds since the start. */
  elapsed(): number
  /** Calls `act` after so many milliseconds, rounded up to a whole one. */
  after(milliseconds: number, act: () => void): void
  /** Advances time until nothing more is due. */
  run(): Promise<void>
}

/** Time that advances only after everything that was due has happened. */
export const virtualTime = (start: number, random: () => number): VirtualTime => {
  let elapsed = 0
  const due = new Map<number, (() => void)[]>()

  const after = (milliseconds: number, act: () => void) => {
    const moment = Math.ceil(elapsed + milliseconds)
    const acts = due.get(moment)
    if (acts === undefined) due.set(moment, [act])
    else acts.push(act)
  }

  return {
    timers: {
      now: () => start + elapsed,
      random,
      wait: (milliseconds, signal) =>
        new Promise((resolve, reject) => {
          // An abort rejects only at the end of the wait: a listener would double the cost of a simulation.
          after(milliseconds, () => {
            if (signal.aborted) reject(signal.reason as Error)
            else resolve()
          })
        }),
    },
    elapsed: () => elapsed,
    after,
    run: async () => {
      while (due.size > 0) {
        const acts = due.get(elapsed)
        if (acts === undefined) {
          elapsed++
          continue
        }
        due.delete(elapsed)
        for (const act of acts) act()
        // A macrotask comes after all promises that the acts have settled.
        await new Promise(setImmediate)
      }
    },
  }
}
