import { ImportFailure } from '../../domain/failures.ts'
import type { Waiting } from '../../ports/contact-source.ts'
import { awakeTime } from '../http/awake-time.ts'
import { type NetworkEvents, waitForNetwork } from '../http/connection/network-wait.ts'
import { defaultLimits } from '../http/limits.ts'
import { systemTimers, type Timers } from '../http/timers.ts'
import { throttled, TransientError } from '../http/retry/transient-error.ts'

export interface PersistenceOptions {
  /** How long to try again after the first failure, in ms, not counting the sleep of the device. */
  readonly patience: number
  /** Ends the waits. */
  readonly signal: AbortSignal | null
  /** Called with every wait, and with null when it is over. */
  readonly onWaiting?: (waiting: Waiting | null) => void
  /** Ends waits for the network early. */
  readonly network?: NetworkEvents | null
  readonly timers?: Timers
}

/** In ms: how long an outage may last before the user has done anything. */
export const PATIENCE_BEFORE_CONSENT = 3000

/** In ms; doubled each time. */
const FIRST_PAUSE = 500
const LONGEST_PAUSE = 8000

/**
 * Repeats a request to an authority through an outage: waits as long as the authority asks (`Retry-After`), or longer
 * each time if it names no wait.
 *
 * Resolves to the first answer without an outage. Throws the `ImportFailure` of the last outage when the time is over,
 * and `throttled` immediately if the authority asks for a longer wait than there is time; also what `send` and the signal
 * throw.
 */
export const persist = async <T>(
  send: () => Promise<T | TransientError>,
  {
    patience,
    signal,
    onWaiting = () => undefined,
    network = null,
    timers = systemTimers,
  }: PersistenceOptions,
): Promise<T> => {
  const ended = signal ?? new AbortController().signal
  let left = patience
  let failed: { readonly at: number; readonly pause: number } | null = null
  for (let longest = FIRST_PAUSE; ; longest = Math.min(2 * longest, LONGEST_PAUSE)) {
    const answer = await send()
    if (!(answer instanceof TransientError)) return answer
    const now = timers.now()
    if (failed !== null)
      left -= awakeTime(now - failed.at, failed.pause, failed.pause + defaultLimits.request)
    const { code, details, reason, retryAfter, cause } = answer
    if (retryAfter !== null && retryAfter > left) throw throttled(details, retryAfter, now, cause)
    if (left <= 0) throw new ImportFailure(code, details, cause)
    // Half of the pause is random, so that devices do not all return together.
    const jitter = (timers.random() * longest) / 2
    const pause = Math.min((retryAfter ?? longest / 2) + jitter, left)
    failed = { at: now, pause }
    onWaiting({ until: new Date(now + pause), reason })
    try {
      // The service that asked for a wait knows better than the network.
      const events = reason === 'offline' && retryAfter === null ? network : null
      await waitForNetwork(pause, ended, { timers, network: events })
    } finally {
      onWaiting(null)
    }
  }
}
