import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ImportFailure } from '../../../../domain/failures.ts'
import type { SqliteDriver } from '../driver/driver.ts'
import { type DriverName, openDriver, openImmutableDriver } from '../driver/open-driver.ts'
import { sizeOf } from '../file/schema.ts'

/**
 * Opens a database with the content of its WAL for reading, without changing a byte of its files. SQLite cannot read a
 * WAL without creating or changing its index file, so if there is a WAL, a copy is read. Throws the file system's
 * error, `SqliteError`, or `ImportFailure` `storage-unavailable` if others write all the time.
 */
export const openUntouched = async (
  file: string,
  driver?: DriverName,
): Promise<{ readonly db: SqliteDriver; readonly close: () => void }> => {
  if (!statSync(file).isFile()) throw new ImportFailure('storage-unavailable')
  if (sizeOf(`${file}-wal`) === 0) {
    const db = await openImmutableDriver(file, driver)
    return { db, close: () => db.close() }
  }
  const folder = mkdtempSync(join(tmpdir(), 'device-contacts-examined-'))
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  try {
    const copy = copyAtRest(file, join(folder, 'copy.db'))
    const db = await openDriver(copy, driver)
    removeEarly(db, remove)
    return {
      db,
      close: () => {
        db.close()
        remove()
      },
    }
  } catch (error) {
    remove()
    throw error
  }
}

const TRIES = 5

/** Copies database and WAL in the state of one moment. */
const copyAtRest = (file: string, copy: string): string => {
  const parts = ['', '-wal']
  const now = () =>
    parts
      .map((part) => statSync(file + part, { bigint: true, throwIfNoEntry: false }))
      .map((stat) => `${stat?.ino} ${stat?.size} ${stat?.mtimeNs}`)
      .join()
  for (let left = TRIES; left > 0; left--) {
    const before = now()
    for (const part of parts) copyFileSync(file + part, copy + part)
    if (now() === before) return copy
  }
  throw new ImportFailure('storage-unavailable')
}

/** Deleted files stay readable while open. Deleted now, they do not outlive this process even if it is killed. */
const removeEarly = (db: SqliteDriver, remove: () => void): void => {
  try {
    db.all('SELECT 1 FROM sqlite_schema LIMIT 1')
    remove()
  } catch {
    // The database is damaged, which the examination reports, or the system cannot delete open files.
  }
}
