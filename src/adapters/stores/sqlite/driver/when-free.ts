import { setTimeout as sleep } from 'node:timers/promises'
import { isSqliteError, SQLITE, type SqliteDriver, SqliteError } from './driver.ts'

/** How long a statement waits for the transaction of another process: those are short. */
export const BUSY_TIMEOUT_MS = 5_000

const PATIENCE_MS = 10_000
const PAUSE_MS = 20

/**
 * Does what needs the database for itself as soon as nobody else reads or writes. SQLite would wait with
 * the whole process; this lets it go on meanwhile. Throws `SqliteError` (busy) where that never comes.
 */
export const whenFree = async (db: SqliteDriver, work: (db: SqliteDriver) => void): Promise<void> => {
  const end = performance.now() + PATIENCE_MS
  for (;;) {
    try {
      withoutWaiting(db, work)
      return
    } catch (error) {
      if (!isSqliteError(error, SQLITE.BUSY) || performance.now() > end) throw error
    }
    await sleep(PAUSE_MS)
  }
}

/** Moves all of the WAL into the database and empties it. */
export const emptyWal = (db: SqliteDriver): void => {
  const busy = db.all('PRAGMA wal_checkpoint(TRUNCATE)')[0]?.['busy']
  if (busy !== 0) throw new SqliteError(SQLITE.BUSY)
}

/** Does the work, or throws `SqliteError` (busy) without waiting. */
export const withoutWaiting = (db: SqliteDriver, work: (db: SqliteDriver) => void): void => {
  db.exec('PRAGMA busy_timeout = 0')
  try {
    work(db)
  } finally {
    db.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`)
  }
}
