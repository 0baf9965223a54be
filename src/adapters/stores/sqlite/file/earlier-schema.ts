import { sources } from '../../../../domain/source.ts'
import { type SqliteDriver, SQLITE, SqliteError } from '../driver/driver.ts'
import type { DriverName } from '../driver/open-driver.ts'
import { transaction } from '../driver/transaction.ts'
import { emptyWal, whenFree } from '../driver/when-free.ts'
import { textOf } from '../log/columns.ts'
import { sqliteLocks } from '../run-locks.ts'
import { SCHEMA_VERSION, schemaVersion } from './schema.ts'

/** Set as long as the file may contain a byte in the clear. */
const MARK = 'plaintext'

interface TakeOverOptions {
  /** The driver of the store. Locks of another driver would not exclude those of this process. */
  readonly driver: DriverName | undefined
  readonly beforeWriting: () => void
}

/**
 * Takes over a store of schema 1, which kept payloads and views in the clear: drops them, and rewrites the file until no
 * byte of them is left. A payload that was not dropped before becomes an empty one, so that a list that needs it is not
 * taken for an empty list. Does nothing for any other store. May be interrupted and repeated.
 *
 * Throws `SqliteError` (busy) if another process is importing into the store, or as SQLite does.
 */
export const takeOverSchema1 = async (
  db: SqliteDriver,
  file: string,
  { driver, beforeWriting }: TakeOverOptions,
): Promise<void> => {
  if (schemaVersion(db) === 1 || isMarked(db)) beforeWriting()
  if (schemaVersion(db) === 1) await dropPlaintext(db, file, driver)
  if (!isMarked(db)) return
  await whenFree(db, () => db.exec('VACUUM'))
  await whenFree(db, emptyWal)
  db.run('DELETE FROM meta WHERE name = ?', [MARK])
}

const dropPlaintext = async (
  db: SqliteDriver,
  file: string,
  driver: DriverName | undefined,
): Promise<void> => {
  const locks = sqliteLocks(file, driver === undefined ? {} : { driver })
  try {
    for (const source of sources)
      if ((await locks.acquire(source)) === null) throw new SqliteError(SQLITE.BUSY)
    transaction(db, () => {
      if (schemaVersion(db) !== 1) return
      db.exec(`
        ALTER TABLE payloads RENAME TO plain;
        CREATE TABLE payloads (position INTEGER PRIMARY KEY, body BLOB) STRICT;
        INSERT INTO payloads SELECT position, CASE WHEN body IS NULL THEN NULL ELSE x'' END FROM plain;
        DROP TABLE plain;
        DROP TABLE views;
        CREATE TABLE views (
          name TEXT PRIMARY KEY, version INTEGER NOT NULL, position INTEGER NOT NULL, data BLOB NOT NULL,
          sum INTEGER NOT NULL
        ) STRICT;
        INSERT INTO meta VALUES ('${MARK}', '1');
        PRAGMA user_version = ${SCHEMA_VERSION}`)
    })
  } finally {
    await locks.close()
  }
}

const isMarked = (db: SqliteDriver): boolean =>
  textOf(db.all('SELECT CAST(value AS BLOB) AS value FROM meta WHERE name = ?', [MARK])[0]?.['value']) === '1'
