/** The waits of each signal, which has one listener for all: Node 20 takes more than ten for a leak and warns. */
const aborts = new WeakMap<AbortSignal, Set<() => void>>()

/**
 * Settles as the promise does, or rejects with the signal's reason as soon as it aborts: for work that may not
 * listen to the signal itself. That work then continues, and its result or failure is dropped.
 */
export const abortable = <T>(promise: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const abort = () => {
      reject(signal.reason as Error)
    }
    const all = abortsOf(signal)
    all.add(abort)
    promise.then(resolve, reject).finally(() => all.delete(abort))
    if (signal.aborted) abort()
  })

const abortsOf = (signal: AbortSignal): Set<() => void> => {
  const known = aborts.get(signal)
  if (known) return known
  const all = new Set<() => void>()
  aborts.set(signal, all)
  signal.addEventListener('abort', () => all.forEach((abort) => abort()), { once: true })
  return all
}
