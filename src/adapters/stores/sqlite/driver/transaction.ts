import type { SqliteDriver } from './driver.ts'

/** Does the work atomically. Acquires the write lock first, so that nothing that it reads is stale. */
export const transaction = <T>(db: SqliteDriver, work: () => T): T => {
  db.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    db.exec('COMMIT')
    return result
  } catch (error) {
    rollBack(db)
    throw error
  }
}

const rollBack = (db: SqliteDriver): void => {
  try {
    db.exec('ROLLBACK')
  } catch {
    // After a full disk or an I/O error, SQLite has already rolled back, and the first error says more.
  }
}
