import { closeSync, lstatSync, mkdtempSync, openSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ImportFailure } from '../../../../domain/failures.ts'
import type { SqliteDriver } from '../driver/driver.ts'
import { type DriverName, loadDriver, openDriver, openImmutableDriver } from '../driver/open-driver.ts'
import { sizeOf } from '../file/schema.ts'
import { writeMerged } from './merged-copy.ts'

interface Untouched {
  readonly db: SqliteDriver
  readonly close: () => void
}

/**
 * Opens a database with the content of its WAL for reading, without changing a byte of its files. SQLite cannot read
 * a WAL without creating or changing its index file, so if there is a WAL, a copy is read. Throws the file system's
 * error, `SqliteError`, or `ImportFailure` `storage-unavailable` if other processes keep writing.
 */
export const openUntouched = async (file: string, driver?: DriverName): Promise<Untouched> => {
  if (!statSync(file).isFile()) throw new ImportFailure('storage-unavailable')
  if (sizeOf(`${file}-wal`) > 0) return openCopy(file, driver)
  const db = await openImmutableDriver(file, driver)
  return { db, close: () => db.close() }
}

const PREFIX = 'device-contacts-examined-'

/**
 * The copy has no name once it has content, so it does not outlive this process, even if that is killed. SQLite opens
 * it while it is empty, and the content is written afterwards.
 */
const openCopy = async (file: string, driver: DriverName | undefined): Promise<Untouched> => {
  removeLeftovers()
  // Loaded first, so that the empty file has a name only for a moment.
  await loadDriver(driver)
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`))
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  let db: SqliteDriver | undefined
  try {
    const path = join(folder, 'copy.db')
    const copy = openSync(path, 'wx+', 0o600)
    try {
      db = await openDriver(path, driver)
      removeEarly(remove)
      writeMerged(file, copy)
    } finally {
      closeSync(copy)
    }
    const opened = db
    return {
      db: opened,
      close: () => {
        opened.close()
        remove()
      },
    }
  } catch (error) {
    db?.close()
    remove()
    throw error
  }
}

const removeEarly = (remove: () => void): void => {
  try {
    remove()
  } catch {
    // Windows cannot delete open files: the copy is deleted when it is closed, or by the next examination.
  }
}

/** Removes the copies of killed processes. */
const removeLeftovers = (): void => {
  for (const name of readdirSync(tmpdir())) {
    const owner = name.startsWith(PREFIX) ? Number.parseInt(name.slice(PREFIX.length), 10) : Number.NaN
    if (Number.isNaN(owner) || isAlive(owner)) continue
    try {
      const path = join(tmpdir(), name)
      if (lstatSync(path).isDirectory()) rmSync(path, { recursive: true, force: true })
    } catch {
      // It belongs to another user, or another examination is removing it.
    }
  }
}

const isAlive = (id: number): boolean => {
  try {
    process.kill(id, 0)
    return true
  } catch (error) {
    // The process belongs to another user.
    return Reflect.get(Object(error), 'code') === 'EPERM'
  }
}
