import type { Source } from '../../../../domain/source.ts'
import type { SqliteDriver } from '../driver/driver.ts'

const UP_TO_TOMBSTONE = 'SELECT position FROM events WHERE stream = ? AND position <= ?'

/** Drops the payloads up to the tombstone, and all saved views. */
export const emptyPayloads = (db: SqliteDriver, stream: Source, tombstone: number): void => {
  db.run(`UPDATE payloads SET body = NULL WHERE body IS NOT NULL AND position IN (${UP_TO_TOMBSTONE})`, [
    stream,
    tombstone,
  ])
  db.run('DELETE FROM views', [])
  // See saveView: a process that does not yet know of this erasure must not save erased contacts again.
  db.run("UPDATE meta SET value = max(CAST(value AS INTEGER), ?) WHERE name = 'erased'", [tombstone])
}

/** Deletes the events before the tombstone. */
export const leaveTombstone = (db: SqliteDriver, stream: Source, tombstone: number): void => {
  const mine = [stream, tombstone]
  const earlier = 'SELECT position FROM events WHERE stream = ? AND position < ?'
  db.run(`DELETE FROM payloads WHERE position IN (${earlier})`, mine)
  db.run('DELETE FROM events WHERE stream = ? AND position < ?', mine)
}
