import { PositionConflict } from '../../../ports/event-store.ts'
import type { NewEvent, PayloadDrop } from '../../../ports/event-store.ts'
import { checksum, textChecksum } from './checksum.ts'
import type { SqliteDriver } from './driver.ts'
import { transaction } from './transaction.ts'

export const lastPosition = (db: SqliteDriver): number =>
  Number(db.all('SELECT max(position) AS last FROM events')[0]?.['last'] ?? 0)

/** Drops first: what comes with the same append is never dropped by it. */
export const append = (
  db: SqliteDriver,
  expected: number,
  events: readonly NewEvent[],
  drops: readonly PayloadDrop[],
): number =>
  transaction(db, () => {
    if (lastPosition(db) !== expected) throw new PositionConflict('Somebody else appended first.')
    for (const drop of drops) dropPayloads(db, drop)
    events.forEach((event, index) => insert(db, expected + 1 + index, event))
    return expected + events.length
  })

const dropPayloads = (db: SqliteDriver, drop: PayloadDrop): void => {
  const attempt = drop.attempt ?? null
  db.run(
    `UPDATE payloads SET body = NULL WHERE body IS NOT NULL AND position IN (
       SELECT position FROM events
       WHERE stream = ? AND (? IS NULL OR attempt = ?) AND position < ifnull(?, 9e18))`,
    [drop.stream, attempt, attempt, drop.before ?? null],
  )
}

const insert = (db: SqliteDriver, position: number, event: NewEvent): void => {
  const body = event.payload === undefined || event.payload === null ? null : JSON.stringify(event.payload)
  const row = [
    position,
    event.stream,
    event.type,
    event.version,
    event.id,
    event.time,
    event.attempt,
    JSON.stringify(event.data),
    body === null ? null : textChecksum(body),
  ]
  db.run('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', [...row, checksum(...row)])
  if (body !== null) db.run('INSERT INTO payloads VALUES (?, ?)', [position, body])
}
