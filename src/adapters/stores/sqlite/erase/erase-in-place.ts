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
 * `erase` on a full disk: contacts are overwritten in place. The emptied rows are deleted if there is space for that;
 * otherwise they stay until the store is opened on a disk with free space.
 *
 * Throws `SqliteError` (full) if there is not even space to move the content of the WAL into the database.
 */
export const eraseInPlace = async (
  db: SqliteDriver,
  file: string,
  stream: Source,
  tombstone: number,
): Promise<void> => {
  // SQLite puts its files next to the target of a link.
  const real = realpathSync(file)
  let isWiped = false
  await whenFree(db, () => {
    emptyWal(db)
    try {
      transaction(db, () => {
        // Another process may have written before this transaction began. From now on none can.
        if (sizeOf(`${real}-wal`) > 0) throw new SqliteError(SQLITE.BUSY)
        wipeInPlace(real, treesOf(db, stream, tombstone))
        isWiped = true
        // Drops cached pages: later writes must start from the wiped ones.
        db.exec('PRAGMA shrink_memory')
        emptyPayloads(db, stream, tombstone)
        leaveTombstone(db, stream, tombstone)
      })
    } catch (error) {
      if (!isWiped || !isFull(error)) throw error
    }
  })
  // Restarting the WAL makes other processes drop their cached pages.
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
