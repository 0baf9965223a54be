import { ImportFailure } from '../../../domain/failures.ts'
import type { Source } from '../../../domain/source.ts'
import type { StoredEvent } from '../../../ports/event-store.ts'
import { checksum, textChecksum } from './checksum.ts'
import type { SqliteDriver, SqlRow } from './driver.ts'

const COLUMNS =
  'e.position, e.stream, e.type, e.version, e.id, e.time, e.attempt, e.data, e.payload_sum, e.sum'

const ENVELOPES = {
  sql: `SELECT ${COLUMNS} FROM events e WHERE e.position > ? ORDER BY e.position LIMIT 500`,
  rows: 500,
}

/** A payload may be a page of 1,000 contacts, 1.4 MB: few of them at once. */
const WITH_PAYLOADS = {
  sql: `SELECT ${COLUMNS}, p.position AS held, p.body FROM events e LEFT JOIN payloads p USING (position)
        WHERE e.position > ? ORDER BY e.position LIMIT 8`,
  rows: 8,
}

/** The columns of a row whose checksum is right. */
interface EnvelopeRow {
  readonly position: number
  readonly stream: Source
  readonly type: string
  readonly version: number
  readonly id: string
  readonly time: string
  readonly attempt: string | null
  readonly data: string
  readonly payload_sum: number | null
}

/** Events after `from`, up to `chunk.rows` of them; fewer mean that the log ends there. */
export const readChunk = (db: SqliteDriver, from: number, payloads: boolean) => {
  const chunk = payloads ? WITH_PAYLOADS : ENVELOPES
  const rows = db.all(chunk.sql, [from])
  let previous = from
  const events = rows.map((row): StoredEvent => {
    const { data, payload_sum: sum, ...envelope } = checkedEnvelope(row)
    // A damaged tree can give rows twice or in circles.
    if (envelope.position <= previous) throw new ImportFailure('storage-damaged')
    previous = envelope.position
    const payload = payloads && sum !== null ? readPayload(row, sum) : null
    return { ...envelope, data: JSON.parse(data) as unknown, payload }
  })
  return { events, last: previous, done: rows.length < chunk.rows }
}

const checkedEnvelope = (row: SqlRow): EnvelopeRow => {
  const envelope = {
    position: row['position'],
    stream: row['stream'],
    type: row['type'],
    version: row['version'],
    id: row['id'],
    time: row['time'],
    attempt: row['attempt'],
    data: row['data'],
    payload_sum: row['payload_sum'],
  } as EnvelopeRow
  if (checksum(...Object.values<string | number | null>({ ...envelope })) !== row['sum']) {
    throw new ImportFailure('storage-damaged')
  }
  return envelope
}

const readPayload = (row: SqlRow, sum: number): unknown => {
  const { held, body } = row
  if (held !== null && body === null) return null
  if (typeof body !== 'string' || textChecksum(body) !== sum) throw new ImportFailure('storage-damaged')
  return JSON.parse(body) as unknown
}
