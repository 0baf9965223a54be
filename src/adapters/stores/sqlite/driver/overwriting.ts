import type { SqliteDriver } from './driver.ts'

/** SQLite overwrites deleted content with zeros, so that dropped payloads do not stay in free pages. */
export const OVERWRITE_DELETED = 'PRAGMA secure_delete = ON'

/**
 * Does the work without overwriting what it deletes. Zeros need as much space in the WAL as the content that they
 * replace, and a full disk does not have it.
 */
export const withoutOverwriting = <T>(db: SqliteDriver, work: () => T): T => {
  db.exec('PRAGMA secure_delete = OFF')
  try {
    return work()
  } finally {
    db.exec(OVERWRITE_DELETED)
  }
}
