import { abortable } from './abortable.ts'
import { startAwakeTimer } from './awake-timer.ts'

/**
 * Settles as `work` does, or rejects as soon as `limit` milliseconds have passed (with a `TimeoutError`, a
 * `DOMException`; the sleep of the device does not count) or `signal` aborts (with its reason). The work gets a signal
 * that aborts in both cases; work that ignores it continues, and its result or failure is dropped.
 *
 * `AbortSignal.any` over `AbortSignal.timeout` would be shorter, but nothing keeps such a timeout alive: once it
 * is garbage-collected, the signal never aborts (seen on Node 20 under load).
 */
export const withTimeout = async <T>(
  limit: number,
  signal: AbortSignal | null | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  signal?.throwIfAborted()
  const controller = new AbortController()
  const abort = () => controller.abort(signal?.reason)
  const stop = startAwakeTimer(limit, () =>
    controller.abort(new DOMException('The time limit is over.', 'TimeoutError')),
  )
  signal?.addEventListener('abort', abort, { once: true })
  try {
    return await abortable(work(controller.signal), controller.signal)
  } finally {
    stop()
    signal?.removeEventListener('abort', abort)
  }
}
