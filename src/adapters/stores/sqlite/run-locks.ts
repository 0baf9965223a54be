import type { RunLock, RunLocks } from '../../../ports/run-lock.ts'
import { refuseUntrusted } from '../../files/owners.ts'
import { realPath } from '../../files/real-path.ts'
import { isSqliteError, SQLITE, type SqliteDriver } from './driver/driver.ts'
import { type DriverName, openDriver } from './driver/open-driver.ts'
import { translatedLater } from './file/storage-failure.ts'

/**
 * Run locks as open transactions on small databases next to the store (`<store>.lock-<name>`): the operating system
 * releases them when their holder ends, even after a crash. Nothing is written to these files. They are never
 * deleted, because then a lock could have two holders, one on the deleted file and one on the new file. Every path to
 * a store leads to the same locks.
 *
 * `acquire` throws an `ImportFailure`: `storage-untrusted` if another user may have put the file of the lock there.
 */
export const sqliteLocks = (store: string, options: { readonly driver?: DriverName } = {}): RunLocks => {
  const held = new Set<RunLock>()
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
    close: async () => {
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
