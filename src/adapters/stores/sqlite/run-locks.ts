import { resolve } from 'node:path'
import type { RunLock, RunLocks } from '../../../ports/run-lock.ts'
import { isSqliteError, SQLITE, type SqliteDriver } from './driver/driver.ts'
import { type DriverName, openDriver } from './driver/open-driver.ts'
import { translatedLater } from './file/storage-failure.ts'

/**
 * Run locks as open transactions on small databases beside the store (`<store>.lock-<name>`): the operating system
 * releases them however their holder ends. Nothing is written to these files. They are never deleted, because then
 * a lock could have two holders, one of the deleted file and one of the next.
 */
export const sqliteLocks = (store: string, options: { readonly driver?: DriverName } = {}): RunLocks => {
  const held = new Set<RunLock>()
  return {
    acquire: async (name) =>
      translatedLater(async () => {
        const db = await openDriver(lockFile(store, name), options.driver)
        if (!begin(db)) return null
        const lock: RunLock = {
          release: async () => {
            if (held.delete(lock)) db.close()
          },
        }
        held.add(lock)
        return lock
      }),
    close: async () => {
      await Promise.all([...held].map(async (lock) => lock.release()))
    },
  }
}

/** The file of one lock. */
export const lockFile = (store: string, name: string): string =>
  `${resolve(store)}.lock-${encodeURIComponent(name)}`

/**
 * False where another holder has the lock. IMMEDIATE excludes others as EXCLUSIVE does, since all of them ask for
 * the same, but two that come at the same time cannot both see the other and give up.
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
