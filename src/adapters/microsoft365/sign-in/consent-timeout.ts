import { ImportFailure } from '../../../domain/failures.ts'

export interface ConsentTimeout {
  /** Resolves or rejects once, with whatever comes first: `end`, the abort or the time limit. */
  readonly ended: Promise<void>
  end(failure?: ImportFailure): void
  readonly hasEnded: boolean
  /** Why an answer of the person would come too late; null where it is in time. */
  readonly late: 'cancelled' | 'consent-timed-out' | null
  /** The person has done their part: no time limit any more. */
  stopTheClock(): void
}

/** Waits for a person, for `timeLimit` ms at most. An abort is an end, not a failure. */
export const startConsentTimeout = (signal: AbortSignal, timeLimit: number): ConsentTimeout => {
  let settle: { resolve(): void; reject(failure: ImportFailure): void } | null = null
  let timedOut = false
  const ended = new Promise<void>((resolve, reject) => (settle = { resolve, reject }))
  // It may end before anybody waits for it.
  ended.catch(() => undefined)

  const end = (failure?: ImportFailure): void => {
    clearTimeout(timer)
    signal.removeEventListener('abort', aborted)
    if (failure) settle?.reject(failure)
    else settle?.resolve()
    settle = null
  }
  const aborted = () => end()
  const timer = setTimeout(() => {
    timedOut = true
    end(new ImportFailure('consent-timed-out'))
  }, timeLimit)
  signal.addEventListener('abort', aborted)
  if (signal.aborted) end()

  return {
    ended,
    end,
    get hasEnded() {
      return settle === null
    },
    get late() {
      return timedOut ? 'consent-timed-out' : signal.aborted ? 'cancelled' : null
    },
    stopTheClock: () => clearTimeout(timer),
  }
}
