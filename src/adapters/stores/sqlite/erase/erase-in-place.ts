import { realpathSync } from 'node:fs'
import type { Source } from '../../../../domain/source.ts'
import { SQLITE, type SqliteDriver, SqliteError } from '../driver/driver.ts'
import { transaction } from '../driver/transaction.ts'
import { emptyWal, whenFree } from '../driver/when-free.ts'
import { sizeOf } from '../file/schema.ts'
import { isFull } from '../file/storage-failure.ts'
import { emptyPayloads, fullPayloads, leaveTombstone } from './erased-rows.ts'
import { type Tree, wipeInPlace } from './wipe-in-place.ts'

/**
 * `erase` without any room: contacts are overwritten where they lie. Rows that hold nothing any more go where
 * there is room for so much; else they stay until the store is opened on a disk that has some.
 *
 * Throws `SqliteError` (full) where even the WAL holds more than the database has room for.
 */
export const eraseInPlace = async (
  db: SqliteDriver,
  file: string,
  stream: Source,
  tombstone: number,
): Promise<void> => {
  // SQLite makes its files beside the database itself.
  const real = realpathSync(file)
  let isWiped = false
  await whenFree(db, () => {
    emptyWal(db)
    try {
      transaction(db, () => {
        // Somebody may have written between the two; now nobody can.
        if (sizeOf(`${real}-wal`) > 0) throw new SqliteError(SQLITE.BUSY)
        wipeInPlace(real, treesOf(db, stream, tombstone))
        isWiped = true
        // What follows is written from the pages as they are now, not as this connection remembers them.
        db.exec('PRAGMA shrink_memory')
        emptyPayloads(db, stream, tombstone)
        leaveTombstone(db, stream, tombstone)
      })
    } catch (error) {
      if (!isWiped || !isFull(error)) throw error
    }
  })
  // The WAL begins anew, and with it what other processes remember of the pages.
  await whenFree(db, emptyWal)
}

const treesOf = (db: SqliteDriver, stream: Source, tombstone: number): readonly Tree[] => {
  const payloads = fullPayloads(db, stream, tombstone)
  const wiped: Readonly<Record<string, Tree['wiped']>> = {
    payloads: (position) => (payloads.has(position) ? 1 : null),
    views: () => 3,
  }
  const found = db.all('SELECT name, rootpage FROM sqlite_schema WHERE rootpage > 0')
  const trees = found.map(({ name, rootpage }) => ({
    root: Number(rootpage),
    wiped: wiped[String(name)] ?? none,
  }))
  return [{ root: 1, wiped: none }, ...trees]
}

const none = (): null => null
