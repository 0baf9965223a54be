import { ImportFailure } from '../../../../domain/failures.ts'
import type { Source } from '../../../../domain/source.ts'
import type { StoredEvent } from '../../../../ports/event-store.ts'
import { type SqliteDriver, type SqlRow, unlessCorrupt } from '../driver/driver.ts'
import { bytesChecksum, checksum } from './checksum.ts'
import { bytesOf, integerColumns, byteColumns, textOf } from './columns.ts'

const COLUMNS = `position, ${byteColumns('stream', 'type', 'id', 'time', 'attempt', 'data')},
  ${integerColumns('version', 'payload_sum', 'sum')}`

const ENVELOPES = `SELECT ${COLUMNS} FROM events WHERE position > ? ORDER BY position LIMIT ?`
const WITH_PAYLOADS = `SELECT ${COLUMNS}, payloads.position AS held, ${byteColumns('body')}
  FROM events LEFT JOIN payloads USING (position) WHERE position > ? ORDER BY position LIMIT ?`
const PAYLOAD = `SELECT position AS held, ${byteColumns('body')} FROM payloads WHERE position = ?`

/** Maximum limits. */
const CHUNK = { envelopes: 500, withPayloads: 16 }

/** The first limit for rows with payloads, before their size is known. */
const FIRST = 4

/**
 * A payload may be a page of 1,000 contacts (1.4 MB) or a few bytes. After a large one, fewer are read at a time,
 * because the garbage collector moves memory that is held for long.
 */
const CHUNK_BYTES = 1_000_000

/** Up to `limit` events after `from`, the position of the last, whether the log ends there, and the best next limit. */
export const readChunk = (
  db: SqliteDriver,
  from: number,
  payloads: boolean,
  limit: number = payloads ? FIRST : CHUNK.envelopes,
) => {
  const rows = payloads ? rowsWithPayloads(db, from, limit) : db.all(ENVELOPES, [from, limit])
  let last = from
  const events = rows.map((row): StoredEvent => {
    const { payloadSum, ...envelope } = readEnvelope(row)
    // A damaged tree can return rows twice or in a loop.
    if (envelope.position <= last) throw new ImportFailure('storage-damaged')
    last = envelope.position
    return { ...envelope, ...(payloads && payloadSum !== null ? readPayload(row, payloadSum) : NO_PAYLOAD) }
  })
  const largest = rows.reduce((size, { body }) => Math.max(size, bytesOf(body)?.length ?? 1), 1)
  const most = payloads ? CHUNK.withPayloads : CHUNK.envelopes
  const next = Math.max(1, Math.min(most, Math.floor(CHUNK_BYTES / largest)))
  return { events, last, done: rows.length < limit, next }
}

/** If pages of payloads are damaged, reads each payload separately: the others may be intact. */
const rowsWithPayloads = (db: SqliteDriver, from: number, limit: number): readonly SqlRow[] =>
  unlessCorrupt(
    () => db.all(WITH_PAYLOADS, [from, limit]),
    () => db.all(ENVELOPES, [from, limit]).map((row) => ({ ...row, ...payloadRow(db, row['position']) })),
  )

const payloadRow = (db: SqliteDriver, position: unknown): SqlRow =>
  unlessCorrupt(
    () => db.all(PAYLOAD, [Number(position)])[0] ?? {},
    () => ({}),
  )

const readEnvelope = (row: SqlRow) => {
  const position = Number(row['position'])
  const stream = textOf(row['stream']) ?? ''
  const type = textOf(row['type']) ?? ''
  const version = Number(row['version'])
  const id = textOf(row['id']) ?? ''
  const time = textOf(row['time']) ?? ''
  const attempt = textOf(row['attempt'])
  const data = textOf(row['data']) ?? ''
  const payloadSum = row['payload_sum'] === null ? null : Number(row['payload_sum'])
  const sum = checksum(position, stream, type, version, id, time, attempt, data, payloadSum)
  if (sum !== row['sum']) throw new ImportFailure('storage-damaged')
  const named = { position, stream: stream as Source, type, version, id, time, attempt }
  return { ...named, data: JSON.parse(data) as unknown, payloadSum }
}

const NO_PAYLOAD = { payload: null }

const readPayload = ({ held, body }: SqlRow, sum: number) => {
  if (typeof held === 'number' && body === null) return NO_PAYLOAD
  const bytes = bytesOf(body)
  // Emptied when the store of an earlier version was taken over. The checksum is still that of the earlier payload.
  if (bytes?.length === 0 && sum !== 0) return { payload: bytes }
  if (bytes === null || bytesChecksum(bytes) !== sum)
    return { payload: null, isPayloadDamaged: true } as const
  return { payload: bytes }
}
