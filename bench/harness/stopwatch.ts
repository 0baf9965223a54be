import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Stopwatch {
  /** Milliseconds since the start. */
  lap(): number
  /** Processor time since the start (milliseconds), user and system, of all threads of this process. */
  processorTime(): number
  /** The longest time (milliseconds) for which the event loop was blocked since the start. */
  longestBlock(): Promise<number>
}

/** Milliseconds between two samples of the event loop. */
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
      // The last block is only measured once the loop is free again.
      await sleep(2 * RESOLUTION)
      delays.disable()
      return Math.max(0, delays.max / 1e6 - RESOLUTION)
    },
  }
}
