import { ImportFailure } from '../../../domain/failures.ts'
import type { Source } from '../../../domain/source.ts'
import type { StoredEvent } from '../../../ports/event-store.ts'
import { checksum, textChecksum } from './checksum.ts'
import { bytesOf, integerColumns, textColumns, textOf } from './columns.ts'
import type { SqliteDriver, SqlRow } from './driver.ts'

const COLUMNS = `position, ${textColumns('stream', 'type', 'id', 'time', 'attempt', 'data')},
  ${integerColumns('version', 'payload_sum', 'sum')}`

const ENVELOPES = {
  sql: `SELECT ${COLUMNS} FROM events WHERE position > ? ORDER BY position LIMIT 500`,
  rows: 500,
}

/** A payload may be a page of 1,000 contacts, 1.4 MB: few of them at once. */
const WITH_PAYLOADS = {
  sql: `SELECT ${COLUMNS}, payloads.position AS held, ${textColumns('body')}
        FROM events LEFT JOIN payloads USING (position) WHERE position > ? ORDER BY position LIMIT 8`,
  rows: 8,
}

/** Events after `from`, up to some chunk of them, the position of the last, and whether the log ends there. */
export const readChunk = (db: SqliteDriver, from: number, payloads: boolean) => {
  const chunk = payloads ? WITH_PAYLOADS : ENVELOPES
  const rows = db.all(chunk.sql, [from])
  let last = from
  const events = rows.map((row): StoredEvent => {
    const { payloadSum, ...envelope } = readEnvelope(row)
    // A damaged tree can give rows twice or in circles.
    if (envelope.position <= last) throw new ImportFailure('storage-damaged')
    last = envelope.position
    return { ...envelope, payload: payloads && payloadSum !== null ? readPayload(row, payloadSum) : null }
  })
  return { events, last, done: rows.length < chunk.rows }
}

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

const readPayload = ({ held, body }: SqlRow, sum: number): unknown => {
  if (held !== null && body === null) return null
  const bytes = bytesOf(body)
  if (bytes === null || textChecksum(bytes) !== sum) throw new ImportFailure('storage-damaged')
  return JSON.parse(bytes.toString()) as unknown
}
