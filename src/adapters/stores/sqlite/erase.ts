import type { Source } from '../../../domain/source.ts'
import type { SqliteDriver } from './driver.ts'
import { transaction } from './transaction.ts'
import { emptyWal, whenFree } from './when-free.ts'

/**
 * Leaves of a stream its tombstone only, and no byte of a payload in any file. Deleting alone does not do
 * that: the WAL keeps the pages as they were before, and pages keep remnants of rows that moved.
 *
 * The payloads go in small steps, each moved out of the WAL: on a full disk there is room for little more.
 */
export const erase = async (db: SqliteDriver, stream: Source, tombstone: number): Promise<void> => {
  while (dropSomePayloads(db, stream, tombstone)) await whenFree(db, emptyWal)
  transaction(db, () => deleteRows(db, stream, tombstone))
  await whenFree(db, emptyWal)
  await whenFree(db, () => db.exec('VACUUM'))
  await whenFree(db, emptyWal)
}

/** Answers whether there may be more. */
const dropSomePayloads = (db: SqliteDriver, stream: Source, tombstone: number): boolean => {
  const some = db.all(
    `SELECT p.position FROM payloads p JOIN events e USING (position)
     WHERE e.stream = ? AND e.position <= ? AND p.body IS NOT NULL LIMIT 4`,
    [stream, tombstone],
  )
  if (some.length === 0) return false
  transaction(db, () => {
    for (const { position } of some) {
      db.run('UPDATE payloads SET body = NULL WHERE position = ?', [Number(position)])
    }
  })
  return true
}

const deleteRows = (db: SqliteDriver, stream: Source, tombstone: number): void => {
  const earlier = 'SELECT position FROM events WHERE stream = ? AND position < ?'
  db.run(`DELETE FROM payloads WHERE position IN (${earlier})`, [stream, tombstone])
  db.run('DELETE FROM events WHERE stream = ? AND position < ?', [stream, tombstone])
  db.run('DELETE FROM views', [])
  // See saveView: what has not heard of this erasure must not bring anything back.
  db.run("UPDATE meta SET value = max(CAST(value AS INTEGER), ?) WHERE name = 'erased'", [tombstone])
}
