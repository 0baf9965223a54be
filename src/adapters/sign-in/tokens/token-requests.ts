import { SerialQueue } from '../../../async/serial-queue.ts'
import { withTimeout } from '../../../async/with-timeout.ts'
import { ImportFailure } from '../../../domain/failures.ts'
import type { NetworkEvents } from '../../http/connection/network-wait.ts'
import { backgroundTimers } from '../../http/timers.ts'
import { TransientError } from '../../http/retry/transient-error.ts'
import { failureOfRenewal } from '../errors.ts'
import { persist } from '../persistence.ts'

export interface TokenRequestsOptions {
  /** For one call, in ms. */
  readonly timeLimit: number
  /** Ends pauses between tries early. */
  readonly network: NetworkEvents | null
}

/** Lets requests for tokens run one at a time, and through an outage. */
export interface TokenRequests {
  /** Runs work while no other work runs. */
  alone<T>(work: () => Promise<T>): Promise<T>
  /**
   * The same, once `ready` settles. Tries again after a `TransientError`: a renewal can be repeated, and its failure would
   * end an import. Throws the `ImportFailure` of the last failure when the time is over, and the signal's reason.
   *
   * @param patience how long to try again, in ms, within the time limit
   */
  persistently<T>(
    request: { readonly signal: AbortSignal; readonly patience: number; readonly ready?: Promise<unknown> },
    work: (limit: AbortSignal) => Promise<T>,
  ): Promise<T>
}

/** What ends a call, and the last failure, with which it fails then. */
interface Patience {
  readonly limit: AbortSignal
  failure: ImportFailure
}

export const tokenRequests = ({ timeLimit, network }: TokenRequestsOptions): TokenRequests => {
  const queue = new SerialQueue()

  const limited = async <T>(signal: AbortSignal, work: (patience: Patience) => Promise<T>): Promise<T> => {
    let patience: Patience | undefined
    try {
      return await withTimeout(timeLimit, signal, (limit) => {
        patience = { limit, failure: new ImportFailure('offline') }
        return work(patience)
      })
    } catch (error) {
      signal.throwIfAborted()
      throw failureOfRenewal(patience?.limit.aborted ? patience.failure : error)
    }
  }

  return {
    alone: (work) => queue.run(work),
    persistently: ({ signal, patience: most, ready }, work) =>
      limited(signal, async (patience) => {
        await ready
        const attempt = () =>
          queue.run(async () => {
            patience.limit.throwIfAborted()
            return work(patience.limit).catch((error: unknown) => {
              if (!(error instanceof TransientError)) throw error
              patience.failure = failureOfRenewal(error)
              return error
            })
          })
        return persist(attempt, {
          patience: most,
          signal: patience.limit,
          network,
          timers: backgroundTimers,
        })
      }),
  }
}
