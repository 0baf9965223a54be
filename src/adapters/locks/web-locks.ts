import type { RunLock, RunLocks } from '../../ports/run-lock.ts'

/** In ms, before a wait that was told too early looks again. */
const PAUSE_MS = 100

/**
 * Run locks over the Web Locks API: for all tabs and workers of an origin. The browser releases a lock when the page or
 * worker of its holder ends, even after a crash.
 *
 * Beside each lock, its holder has a second one, its *witness*. A wait queues for the witness and not for the lock: a request
 * that is queued or granted for the lock would refuse it to other tabs, for as long as a frozen tab does not give it back.
 *
 * @param store the name of the store that the locks belong to
 */
export const webLocks = (store: string): RunLocks => {
  const held = new Set<RunLock>()
  const closing = new AbortController()
  return {
    acquire: (name) =>
      new Promise((resolve, reject) => {
        const lockName = webLockName(store, name)
        const ended = navigator.locks.request(lockName, { ifAvailable: true }, (lock) => {
          if (lock === null) {
            resolve(null)
            return
          }
          return new Promise<void>((end) => {
            const witness = new AbortController()
            // Not awaited: a frozen tab may have been granted it and not given it back.
            const witnessed = occupy(witnessOf(lockName), witness.signal)
            const mine: RunLock = {
              release: async () => {
                held.delete(mine)
                end()
                witness.abort()
                // Only then is the lock free. It rejects if another script stole the lock, so it is free for us as well.
                await ended.catch(() => undefined)
                await witnessed
              },
            }
            held.add(mine)
            resolve(mine)
          })
        })
        ended.catch(reject)
      }),
    whenFree: (name, listener) => {
      const wait = new AbortController()
      const stop = () => {
        closing.signal.removeEventListener('abort', stop)
        wait.abort()
      }
      if (closing.signal.aborted) return stop
      closing.signal.addEventListener('abort', stop)
      free(webLockName(store, name), wait.signal).then(
        () => {
          if (wait.signal.aborted) return
          stop()
          listener()
        },
        // Aborted, or the page may not use locks any more: then the next `acquire` throws the error.
        () => undefined,
      )
      return stop
    },
    close: async () => {
      closing.abort()
      await Promise.all([...held].map((lock) => lock.release()))
    },
  }
}

/** The name of a lock of a store among all locks of the origin. */
export const webLockName = (store: string, name: string): string => `device-contacts/${store}/${name}`

const witnessOf = (lockName: string): string => `${lockName}/witness`

/** Queues for a lock and holds it until the signal aborts. */
const occupy = (name: string, signal: AbortSignal): Promise<void> =>
  navigator.locks
    .request(
      name,
      { signal },
      () =>
        new Promise<void>((end) => {
          if (signal.aborted) end()
          else signal.addEventListener('abort', () => end(), { once: true })
        }),
    )
    .catch(() => undefined)

/** Resolves once no tab holds the lock. Rejects once the signal aborts. */
const free = async (lockName: string, signal: AbortSignal): Promise<void> => {
  for (;;) {
    await navigator.locks.request(witnessOf(lockName), { mode: 'shared', signal }, () => undefined)
    const { held = [] } = await navigator.locks.query()
    if (!held.some(({ name }) => name === lockName)) return
    // Its holder has only just acquired it, or the browser has yet to release it.
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}
