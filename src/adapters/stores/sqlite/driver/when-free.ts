import { setTimeout as sleep } from 'node:timers/promises'
import { isSqliteError, SQLITE, type SqliteDriver, SqliteError } from './driver.ts'

/** How long a statement waits for transactions of other processes, which are short. */
export const BUSY_TIMEOUT_MS = 5_000

const PATIENCE_MS = 10_000
const PAUSE_MS = 20

/**
 * Does work that needs exclusive access, as soon as no other connection reads or writes. SQLite's own wait would block
 * the process; this one does not. Throws `SqliteError` (busy) after `PATIENCE_MS`.
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

/** Moves the content of the WAL into the database and empties it. Throws `SqliteError` (busy). */
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
