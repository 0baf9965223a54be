import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { SQLITE, type SqliteDriver, SqliteError } from './driver.ts'
import { openLibsqlDriver } from './libsql-driver.ts'
import { hasNodeSqlite, openNodeDriver } from './node-driver.ts'

export type DriverName = 'node' | 'libsql'

/** The drivers of this runtime, the best one first. */
export const sqliteDrivers: readonly DriverName[] = hasNodeSqlite ? ['node', 'libsql'] : ['libsql']

/**
 * Opens a database for this user only. Creates it (mode 0600, in a folder with 0700) if there is none. SQLite gives
 * its WAL and SHM files the mode of the database. Throws the file system's error, or `SqliteError`.
 */
export const openDriver = async (file: string, driver?: DriverName): Promise<SqliteDriver> => {
  makeDatabaseFile(file)
  return openWith(driver, file)
}

/**
 * Opens a database for reading without changing its folder, creating a file or taking a lock (sqlite.org: Uniform
 * Resource Identifiers, `immutable`). The content of a WAL is not read.
 */
export const openImmutableDriver = async (file: string, driver?: DriverName): Promise<SqliteDriver> =>
  openWith(driver, `${pathToFileURL(file).href}?mode=ro&immutable=1`)

/** Loads SQLite, so that opening a database takes no time afterwards. */
export const loadDriver = async (driver?: DriverName): Promise<void> =>
  (await openWith(driver, ':memory:')).close()

const openWith = async (driver: DriverName | undefined, file: string): Promise<SqliteDriver> =>
  (driver ?? sqliteDrivers[0]) === 'node' ? openNodeDriver(file) : openLibsqlDriver(file)

/**
 * Makes an empty file if there is none, for this user alone, and its folder. Never opens an existing file: closing any
 * descriptor of a database releases the locks that this process holds on it (sqlite.org: How To Corrupt An SQLite
 * Database File, 2.2). Throws the file system's error, or `SqliteError`.
 */
export const makeDatabaseFile = (file: string): void => {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  try {
    closeSync(openSync(file, 'wx', 0o600))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EEXIST') return
    // The folder exists at this point, but this user may not write to it.
    throw code === 'EACCES' || code === 'EPERM' ? new SqliteError(SQLITE.READONLY, error) : error
  }
}
