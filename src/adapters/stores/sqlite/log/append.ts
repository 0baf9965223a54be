import { type NewEvent, type PayloadDrop, PositionConflict } from '../../../../ports/event-store.ts'
import { isSqliteError, SQLITE, type SqliteDriver } from '../driver/driver.ts'
import { withoutOverwriting } from '../driver/overwriting.ts'
import { transaction } from '../driver/transaction.ts'
import { bytesChecksum, checksum } from './checksum.ts'

export const lastPosition = (db: SqliteDriver): number =>
  Number(db.all('SELECT max(position) AS last FROM events')[0]?.['last'] ?? 0)

/**
 * Drops payloads and appends events in one transaction, and returns the last position. Drops go first, so that an
 * append never drops its own payloads. If the disk is too full to overwrite them, they are only deleted: it must still
 * be possible to end an attempt that failed because of a full disk.
 *
 * Throws `PositionConflict` if `expected` is not the last position, or `SqliteError`.
 */
export const append = (
  db: SqliteDriver,
  expected: number,
  events: readonly NewEvent[],
  drops: readonly PayloadDrop[],
): number => {
  const work = () =>
    transaction(db, () => {
      if (lastPosition(db) !== expected) throw new PositionConflict('Another writer appended first.')
      for (const drop of drops) dropPayloads(db, drop)
      events.forEach((event, index) => insert(db, expected + 1 + index, event))
      return expected + events.length
    })
  try {
    return work()
  } catch (error) {
    if (!isSqliteError(error, SQLITE.FULL) || drops.length === 0) throw error
    return withoutOverwriting(db, work)
  }
}

const dropPayloads = (db: SqliteDriver, drop: PayloadDrop): void => {
  const { stream, attempt = null, types = [], before = null, until = null } = drop
  const among = types.length === 0 ? '' : `AND type IN (${types.map(() => '?').join(', ')})`
  db.run(
    `UPDATE payloads SET body = NULL WHERE body IS NOT NULL AND position IN (
       SELECT position FROM events
       WHERE stream = ? AND (? IS NULL OR attempt = ?) AND position < ifnull(?, 9e18)
         AND (? IS NULL OR time < ?) ${among})`,
    [stream, attempt, attempt, before, until, until, ...types],
  )
}

const insert = (db: SqliteDriver, position: number, event: NewEvent): void => {
  const { payload = null } = event
  const row = [
    position,
    event.stream,
    event.type,
    event.version,
    event.id,
    event.time,
    event.attempt,
    JSON.stringify(event.data),
    payload === null ? null : bytesChecksum(payload),
  ]
  db.run('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', [...row, checksum(...row)])
  if (payload !== null) db.run('INSERT INTO payloads VALUES (?, ?)', [position, payload])
}
