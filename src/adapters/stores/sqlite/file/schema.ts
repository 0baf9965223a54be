import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, statSync } from 'node:fs'
import { ImportFailure } from '../../../../domain/failures.ts'
import { sources } from '../../../../domain/source.ts'
import type { SqliteDriver } from '../driver/driver.ts'
import { transaction } from '../driver/transaction.ts'
import { checksum } from '../log/checksum.ts'
import { byteColumns, textOf } from '../log/columns.ts'
import { lockFile } from '../run-locks.ts'
import { APPLICATION_ID } from './store-signature.ts'

/** Version 1, which was never published, kept payloads and views in the clear. */
export const SCHEMA_VERSION = 2

/**
 * When a payload is dropped, its row stays without a body, and `payload_sum` stays as well: envelopes are never
 * changed, and a missing row means damage.
 */
const TABLES = `
  CREATE TABLE events (
    position INTEGER PRIMARY KEY, stream TEXT NOT NULL, type TEXT NOT NULL, version INTEGER NOT NULL,
    id TEXT NOT NULL, time TEXT NOT NULL, attempt TEXT, data TEXT NOT NULL, payload_sum INTEGER,
    sum INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE payloads (position INTEGER PRIMARY KEY, body BLOB) STRICT;
  CREATE TABLE views (
    name TEXT PRIMARY KEY, version INTEGER NOT NULL, position INTEGER NOT NULL, data BLOB NOT NULL,
    sum INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;`

export interface StoreIdentity {
  readonly key: string
  /** Written by a later version: it may be read but must not be written. */
  readonly newer: boolean
  /** Payloads are in the clear: an earlier version wrote the store, and nothing could be written since. */
  readonly plain: boolean
}

/** Turns an empty database into a store, or checks that it is one. Throws `storage-foreign` or `storage-damaged`. */
export const identify = (db: SqliteDriver, file: string): StoreIdentity => {
  if (isBlank(db)) transaction(db, () => isBlank(db) && create(db, file))
  return identifyMade(db)
}

/** Checks that a database is a store. Throws as `identify` does. */
export const identifyMade = (db: SqliteDriver): StoreIdentity => {
  if (pragma(db, 'application_id') !== APPLICATION_ID) throw new ImportFailure('storage-foreign')
  const version = schemaVersion(db)
  if (version < 1) throw new ImportFailure('storage-damaged')
  return { key: readKey(db), newer: version > SCHEMA_VERSION, plain: version === 1 }
}

export const schemaVersion = (db: SqliteDriver): number => pragma(db, 'user_version')

/**
 * Refuses files that SQLite would treat as an empty database and overwrite: a file of a single byte, and a store that
 * has lost all its bytes. Next to the latter there is a WAL, which SQLite would delete with its content, or there are
 * lock files, which are only created for an existing store.
 */
export const refuseSeeminglyEmpty = (file: string): void => {
  if (sizeOf(file) === 1) throw new ImportFailure('storage-foreign')
  if (hasLostAll(file)) throw new ImportFailure('storage-damaged')
}

/** Whether this file is empty but was a store. */
export const hasLostAll = (file: string): boolean =>
  existsSync(file) &&
  sizeOf(file) === 0 &&
  (sizeOf(`${file}-wal`) > 0 || sources.some((source) => existsSync(lockFile(file, source))))

/** In bytes; 0 if there is no such file. */
export const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0

const pragma = (db: SqliteDriver, name: string): number => Number(db.all(`PRAGMA ${name}`)[0]?.[name])

const isBlank = (db: SqliteDriver): boolean =>
  pragma(db, 'application_id') === 0 &&
  pragma(db, 'user_version') === 0 &&
  db.all('SELECT 1 FROM sqlite_schema LIMIT 1').length === 0

const create = (db: SqliteDriver, file: string): void => {
  // The empty file may be older, and readable by all users.
  chmodSync(file, 0o600)
  db.exec(TABLES)
  const key = randomBytes(32).toString('base64url')
  db.run("INSERT INTO meta VALUES ('key', ?), ('key_sum', ?), ('erased', '0')", [key, String(checksum(key))])
  db.exec(`PRAGMA application_id = ${APPLICATION_ID}`)
  db.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`)
}

const readKey = (db: SqliteDriver): string => {
  const meta = (name: string) =>
    textOf(db.all(`SELECT ${byteColumns('value')} FROM meta WHERE name = ?`, [name])[0]?.['value'])
  const key = meta('key')
  if (key === null || meta('key_sum') !== String(checksum(key))) throw new ImportFailure('storage-damaged')
  return key
}
