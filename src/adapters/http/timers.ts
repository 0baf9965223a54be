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

const timers = (isBackground: boolean): Timers => ({
  now: () => Date.now(),
  random: () => Math.random(),
  wait: async (milliseconds, signal) => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const passed = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, milliseconds)
      // Browsers have no such method.
      if (isBackground) (timer as { unref?(): void }).unref?.()
    })
    try {
      await abortable(passed, signal)
    } finally {
      clearTimeout(timer)
    }
  },
})

export const systemTimers: Timers = timers(false)

/** The same, but a wait does not keep a Node process alive. */
export const backgroundTimers: Timers = timers(true)
