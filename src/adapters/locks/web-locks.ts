import type { RunLock, RunLocks } from '../../ports/run-lock.ts'

/**
 * Run locks over the Web Locks API: for all tabs and workers of an origin. The browser releases a lock when the page or
 * worker of its holder ends, even after a crash.
 *
 * @param store the name of the store that the locks belong to
 */
export const webLocks = (store: string): RunLocks => {
  const held = new Set<RunLock>()
  return {
    acquire: (name) =>
      new Promise((resolve, reject) => {
        const ended = navigator.locks.request(webLockName(store, name), { ifAvailable: true }, (lock) => {
          if (lock === null) {
            resolve(null)
            return
          }
          return new Promise<void>((end) => {
            const mine: RunLock = {
              release: async () => {
                held.delete(mine)
                end()
                // Only then is the lock free. It rejects if another script stole the lock, so it is free for us as well.
                await ended.catch(() => undefined)
              },
            }
            held.add(mine)
            resolve(mine)
          })
        })
        ended.catch(reject)
      }),
    close: async () => {
      await Promise.all([...held].map((lock) => lock.release()))
    },
  }
}

/** The name of a lock of a store among all locks of the origin. */
export const webLockName = (store: string, name: string): string => `device-contacts/${store}/${name}`
