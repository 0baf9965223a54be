import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, statSync } from 'node:fs'
import { ImportFailure } from '../../../../domain/failures.ts'
import { sources } from '../../../../domain/source.ts'
import type { SqliteDriver } from '../driver/driver.ts'
import { transaction } from '../driver/transaction.ts'
import { checksum } from '../log/checksum.ts'
import { textColumns, textOf } from '../log/columns.ts'
import { lockFile } from '../run-locks.ts'
import { APPLICATION_ID } from './store-signature.ts'

const SCHEMA_VERSION = 1

/**
 * `payload_sum` stays when the payload is dropped: its row then has no body. So a row that is missing
 * altogether is damage, and an envelope is never changed.
 */
const TABLES = `
  CREATE TABLE events (
    position INTEGER PRIMARY KEY, stream TEXT NOT NULL, type TEXT NOT NULL, version INTEGER NOT NULL,
    id TEXT NOT NULL, time TEXT NOT NULL, attempt TEXT, data TEXT NOT NULL, payload_sum INTEGER,
    sum INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE payloads (position INTEGER PRIMARY KEY, body TEXT) STRICT;
  CREATE TABLE views (
    name TEXT PRIMARY KEY, version INTEGER NOT NULL, position INTEGER NOT NULL, data TEXT NOT NULL,
    sum INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;`

export interface StoreIdentity {
  readonly key: string
  /** Made by a later version: may be read, must not be written. */
  readonly newer: boolean
}

/** Makes an empty database a store, or checks that it is one. Throws `storage-foreign` or `storage-damaged`. */
export const identify = (db: SqliteDriver, file: string): StoreIdentity => {
  if (isBlank(db)) transaction(db, () => isBlank(db) && create(db, file))
  return identifyMade(db)
}

/** Checks that a database is a store. Throws as `identify` does. */
export const identifyMade = (db: SqliteDriver): StoreIdentity => {
  if (pragma(db, 'application_id') !== APPLICATION_ID) throw new ImportFailure('storage-foreign')
  const version = pragma(db, 'user_version')
  if (version < SCHEMA_VERSION) throw new ImportFailure('storage-damaged')
  return { key: readKey(db), newer: version > SCHEMA_VERSION }
}

/**
 * Refuses what SQLite would take for an empty database and write over: a file of a single byte, and a store that
 * has lost all its bytes. That one lies beside a WAL, which SQLite deletes with all that it might still hold,
 * or beside run locks, which are made once a store is there.
 */
export const refuseSeeminglyEmpty = (file: string): void => {
  if (sizeOf(file) === 1) throw new ImportFailure('storage-foreign')
  if (hasLostAll(file)) throw new ImportFailure('storage-damaged')
}

/** Whether a store was in this file, which is there and holds nothing. */
export const hasLostAll = (file: string): boolean =>
  existsSync(file) &&
  sizeOf(file) === 0 &&
  (sizeOf(`${file}-wal`) > 0 || sources.some((source) => existsSync(lockFile(file, source))))

/** In bytes; 0 where there is no such file. */
export const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0

const pragma = (db: SqliteDriver, name: string): number => Number(db.all(`PRAGMA ${name}`)[0]?.[name])

const isBlank = (db: SqliteDriver): boolean =>
  pragma(db, 'application_id') === 0 &&
  pragma(db, 'user_version') === 0 &&
  db.all('SELECT 1 FROM sqlite_schema LIMIT 1').length === 0

const create = (db: SqliteDriver, file: string): void => {
  // An empty file may have been there before, readable by all.
  chmodSync(file, 0o600)
  db.exec(TABLES)
  const key = randomBytes(32).toString('base64url')
  db.run("INSERT INTO meta VALUES ('key', ?), ('key_sum', ?), ('erased', '0')", [key, String(checksum(key))])
  db.exec(`PRAGMA application_id = ${APPLICATION_ID}`)
  db.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`)
}

const readKey = (db: SqliteDriver): string => {
  const meta = (name: string) =>
    textOf(db.all(`SELECT ${textColumns('value')} FROM meta WHERE name = ?`, [name])[0]?.['value'])
  const key = meta('key')
  if (key === null || meta('key_sum') !== String(checksum(key))) throw new ImportFailure('storage-damaged')
  return key
}
