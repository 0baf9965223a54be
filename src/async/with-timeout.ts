/**
 * Does something that must end: its signal aborts after `limit` ms (with a `TimeoutError`), or with `signal`.
 *
 * `AbortSignal.any` over `AbortSignal.timeout` would be shorter, but nothing holds such a timeout: where it is
 * garbage-collected, the signal never aborts (seen on Node 20 under load).
 */
export const withTimeout = async <T>(
  limit: number,
  signal: AbortSignal | null | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  signal?.throwIfAborted()
  const controller = new AbortController()
  const abort = () => controller.abort(signal?.reason)
  const timer = setTimeout(
    () => controller.abort(new DOMException('The time is over.', 'TimeoutError')),
    limit,
  )
  signal?.addEventListener('abort', abort, { once: true })
  try {
    return await work(controller.signal)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
}
