import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Stopwatch {
  /** Milliseconds since the start. */
  lap(): number
  /** Milliseconds since the start for which this process used a processor, all its threads and the system included. */
  processorTime(): number
  /** The longest time (milliseconds) for which the event loop was held since the start. */
  longestBlock(): Promise<number>
}

/** Milliseconds between two looks at the event loop. */
const RESOLUTION = 1

export const stopwatch = (): Stopwatch => {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION })
  delays.enable()
  const used = process.cpuUsage()
  const start = performance.now()
  return {
    lap: () => performance.now() - start,
    processorTime: () => {
      const { user, system } = process.cpuUsage(used)
      return (user + system) / 1000
    },
    longestBlock: async () => {
      // What held the loop last is noticed when it is free again.
      await sleep(2 * RESOLUTION)
      delays.disable()
      return Math.max(0, delays.max / 1e6 - RESOLUTION)
    },
  }
}
