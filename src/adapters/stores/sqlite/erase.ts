import type { Source } from '../../../domain/source.ts'
import type { SqliteDriver } from './driver.ts'
import { withoutOverwriting } from './overwriting.ts'
import { transaction } from './transaction.ts'
import { emptyWal, whenFree } from './when-free.ts'

/**
 * Leaves of a stream its tombstone only, and no byte of a payload in any file. Deleting alone does not do
 * that, not even with zeros: the WAL keeps the pages as they were before, and pages keep remnants of rows
 * that moved. So the database is written anew, and the WAL emptied. The order suits a full disk: what
 * VACUUM leaves out need not be moved from the WAL into the database first.
 *
 * Envelopes go when all that is done: as long as they stand, whoever opens the store sees an erasure that
 * was cut short, and repeats it.
 */
export const erase = async (db: SqliteDriver, stream: Source, tombstone: number): Promise<void> => {
  withoutOverwriting(db, () => transaction(db, () => emptyPayloads(db, stream, tombstone)))
  await whenFree(db, () => db.exec('VACUUM'))
  await whenFree(db, emptyWal)
  transaction(db, () => deleteRows(db, stream, tombstone))
  await whenFree(db, emptyWal)
}

const emptyPayloads = (db: SqliteDriver, stream: Source, tombstone: number): void => {
  const upToTombstone = 'SELECT position FROM events WHERE stream = ? AND position <= ?'
  db.run(`UPDATE payloads SET body = NULL WHERE body IS NOT NULL AND position IN (${upToTombstone})`, [
    stream,
    tombstone,
  ])
  db.run('DELETE FROM views', [])
  // See saveView: what has not heard of this erasure must not bring anything back.
  db.run("UPDATE meta SET value = max(CAST(value AS INTEGER), ?) WHERE name = 'erased'", [tombstone])
}

const deleteRows = (db: SqliteDriver, stream: Source, tombstone: number): void => {
  const mine = [stream, tombstone]
  const earlier = 'SELECT position FROM events WHERE stream = ? AND position < ?'
  db.run(`DELETE FROM payloads WHERE position IN (${earlier})`, mine)
  db.run('DELETE FROM events WHERE stream = ? AND position < ?', mine)
}
