import { abortable } from '../../async/abortable.ts'

/** Time and randomness, so that tests can control both. */
export interface Timers {
  /** Milliseconds since 1970. */
  now(): number
  /** At least 0, less than 1. */
  random(): number
  /** Resolves after this many milliseconds; rejects with the signal's reason as soon as it aborts. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>
}

export const systemTimers: Timers = {
  now: () => Date.now(),
  random: () => Math.random(),
  wait: async (milliseconds, signal) => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const passed = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, milliseconds)
    })
    try {
      await abortable(passed, signal)
    } finally {
      clearTimeout(timer)
    }
  },
}
