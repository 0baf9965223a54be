/**
 * Settles as the promise does, or rejects with the signal's reason as soon as it aborts: for work that may not
 * listen to the signal itself. That work then continues, and its result or failure is dropped.
 */
export const abortable = <T>(promise: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const abort = () => {
      reject(signal.reason as Error)
    }
    signal.addEventListener('abort', abort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
    if (signal.aborted) abort()
  })
