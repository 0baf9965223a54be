import { startAwakeTimer } from '../../async/awake-timer.ts'
import { ImportFailure } from '../../domain/failures.ts'

export interface ConsentTimeout {
  /** Settles on the first of `end`, the abort and the time limit. */
  readonly ended: Promise<void>
  end(failure?: ImportFailure): void
  readonly hasEnded: boolean
  /** Why an answer from the user would be too late; null while it is in time. */
  readonly late: 'cancelled' | 'consent-timed-out' | null
  /** Ends the time limit: the user has done their part. */
  stopTimer(): void
}

/** Waits for the user, for at most `timeLimit` ms in which the device is awake. An abort ends the wait without a failure. */
export const startConsentTimeout = (signal: AbortSignal, timeLimit: number): ConsentTimeout => {
  let waiting: { resolve(): void; reject(failure: ImportFailure): void } | null = null
  let timedOut = false
  const ended = new Promise<void>((resolve, reject) => (waiting = { resolve, reject }))
  // It may be rejected before it is awaited.
  ended.catch(() => undefined)

  const end = (failure?: ImportFailure): void => {
    stopTimer()
    signal.removeEventListener('abort', aborted)
    if (failure) waiting?.reject(failure)
    else waiting?.resolve()
    waiting = null
  }
  const aborted = () => end()
  const stopTimer = startAwakeTimer(timeLimit, () => {
    timedOut = true
    end(new ImportFailure('consent-timed-out'))
  })
  signal.addEventListener('abort', aborted)
  if (signal.aborted) end()

  return {
    ended,
    end,
    get hasEnded() {
      return waiting === null
    },
    get late() {
      return timedOut ? 'consent-timed-out' : signal.aborted ? 'cancelled' : null
    },
    stopTimer,
  }
}
