import type { RunLock, RunLocks } from '../../../ports/run-lock.ts'
import { refuseUntrusted } from '../../files/owners.ts'
import { realPath } from '../../files/real-path.ts'
import { isSqliteError, SQLITE, type SqliteDriver } from './driver/driver.ts'
import { type DriverName, openDriver } from './driver/open-driver.ts'
import { translatedLater } from './file/storage-failure.ts'

/** In ms, between two looks at a lock that another process holds. */
const INTERVAL_MS = 500

/**
 * Run locks as open transactions on small databases next to the store (`<store>.lock-<name>`): the operating system
 * releases them when their holder ends, even after a crash. Nothing is written to these files. They are never
 * deleted, because then a lock could have two holders, one on the deleted file and one on the new file. Every path to
 * a store leads to the same locks.
 *
 * No system tells when such a lock is released, so a wait looks every half second: it begins the transaction and ends it in
 * the same turn of the event loop.
 *
 * `acquire` throws an `ImportFailure`: `storage-untrusted` if another user may have put the file of the lock there.
 */
export const sqliteLocks = (store: string, options: { readonly driver?: DriverName } = {}): RunLocks => {
  const held = new Set<RunLock>()
  const waits = new Set<() => void>()
  let isClosed = false
  const isFree = async (name: string): Promise<boolean> => {
    const db = await openDriver(lockFile(store, name), options.driver)
    const began = begin(db)
    if (began) db.close()
    return began
  }
  return {
    acquire: async (name) =>
      translatedLater(async () => {
        const file = lockFile(store, name)
        refuseUntrusted([file])
        const db = await openDriver(file, options.driver)
        if (!begin(db)) return null
        const lock: RunLock = {
          release: async () => {
            if (held.delete(lock)) db.close()
          },
        }
        held.add(lock)
        return lock
      }),
    whenFree: (name, listener) => {
      let timer: ReturnType<typeof setTimeout> | undefined
      const stop = () => {
        clearTimeout(timer)
        waits.delete(stop)
      }
      const look = async () => {
        // The next `acquire` throws the error.
        const free = await isFree(name).catch(() => false)
        if (!waits.has(stop)) return
        if (!free) {
          timer = setTimeout(() => void look(), INTERVAL_MS).unref()
          return
        }
        stop()
        listener()
      }
      if (isClosed) return stop
      waits.add(stop)
      void look()
      return stop
    },
    close: async () => {
      isClosed = true
      for (const stop of waits) stop()
      await Promise.all([...held].map(async (lock) => lock.release()))
    },
  }
}

/** The file of one lock. Throws as `realPath` does. */
export const lockFile = (store: string, name: string): string =>
  `${realPath(store)}.lock-${encodeURIComponent(name)}`

/**
 * False if another holder has the lock. IMMEDIATE excludes others just as EXCLUSIVE does, because all of them request
 * the same, but two simultaneous requests cannot both see each other and both give up.
 */
const begin = (db: SqliteDriver): boolean => {
  try {
    db.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = MEMORY; BEGIN IMMEDIATE')
    return true
  } catch (error) {
    db.close()
    if (isSqliteError(error, SQLITE.BUSY)) return false
    throw error
  }
}
