/**
 * The promise, or a rejection with the signal's reason as soon as it aborts: for work that may not listen
 * to the signal itself. That work then goes on unheard, and its late failure is nobody's concern.
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
