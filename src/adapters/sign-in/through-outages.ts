import type { SignInContext } from '../../ports/sign-in.ts'
import type { NetworkEvents } from '../http/connection/network-wait.ts'
import { TransientError } from '../http/retry/transient-error.ts'
import { persist } from './persistence.ts'

/**
 * Repeats a request of a sign-in through an outage, and shows the wait. Throws what `persist` throws.
 *
 * @param options.patience how long to try again, in ms
 */
export const throughOutages = <T>(
  context: SignInContext,
  options: { readonly patience: number; readonly network: NetworkEvents | null },
  send: () => Promise<T>,
): Promise<T> =>
  persist<T>(
    () =>
      send().catch((error: unknown) => {
        if (error instanceof TransientError) return error
        throw error
      }),
    {
      patience: options.patience,
      network: options.network,
      signal: context.signal,
      onWaiting: (waiting) => {
        if (!context.signal.aborted) context.progress({ waiting })
      },
    },
  )
