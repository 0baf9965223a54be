import type { SqliteDriver } from './driver.ts'

/** Does all of the work or none of it. The write lock is taken first, so that nothing read in it is stale. */
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
    // After a full disk or an I/O error SQLite has rolled back by itself, and the first error says more.
  }
}
