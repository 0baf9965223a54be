import type { SqliteDriver } from './driver.ts'

/** SQLite: what is deleted is overwritten with zeros, so that dropped payloads do not linger in free pages. */
export const OVERWRITE_DELETED = 'PRAGMA secure_delete = ON'

/**
 * Deletes without overwriting. Zeros need as much room in the WAL as what they overwrite took, which a full
 * disk does not have.
 */
export const withoutOverwriting = <T>(db: SqliteDriver, work: () => T): T => {
  db.exec('PRAGMA secure_delete = OFF')
  try {
    return work()
  } finally {
    db.exec(OVERWRITE_DELETED)
  }
}
