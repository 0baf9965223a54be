import { ImportFailure } from '../../../../domain/failures.ts'
import type { StoredEvent } from '../../../../ports/event-store.ts'
import { bytesChecksum } from '../checksum.ts'
import type { EventRecord, PayloadRecord } from '../schema.ts'
import { isUnreadableValue } from '../storage-failure.ts'
import { requested, transact } from '../transaction.ts'
import { envelopeIn, type StoredEnvelope } from './envelope-text.ts'

/** Maximum numbers of events that are read in one transaction. */
const CHUNK = { envelopes: 500, withPayloads: 16 }

/** The first number of events with payloads, before their size is known. */
const FIRST = 4

/** Bytes of payloads to read in one transaction, about. A payload may be a page of 1,000 contacts or a few bytes. */
const CHUNK_BYTES = 1_000_000

/** Some events after `from`, the position of the last, whether the log ends there, and the best next limit. */
export const readChunk = async (
  db: IDBDatabase,
  from: number,
  payloads: boolean,
  limit: number = payloads ? FIRST : CHUNK.envelopes,
) => {
  const { envelopes, bodies } = await read(db, from, payloads, limit)
  const events = envelopes.map(({ payloadSum, ...envelope }): StoredEvent => ({
    ...envelope,
    ...(payloads && payloadSum !== null ? payloadOf(bodies, envelope.position, payloadSum) : NO_PAYLOAD),
  }))
  const largest = events.reduce((size, { payload }) => Math.max(size, payload?.length ?? 1), 1)
  const most = payloads ? CHUNK.withPayloads : CHUNK.envelopes
  return {
    events,
    last: events.at(-1)?.position ?? from,
    done: events.length < limit,
    next: Math.max(1, Math.min(most, Math.floor(CHUNK_BYTES / largest))),
  }
}

/** Payloads by position; null if it was dropped. */
type Bodies = ReadonlyMap<number, Uint8Array | null>

interface Chunk {
  readonly envelopes: readonly StoredEnvelope[]
  readonly bodies: Bodies
}

const read = async (db: IDBDatabase, from: number, payloads: boolean, limit: number): Promise<Chunk> => {
  try {
    return await transact(db, ['events', 'payloads', 'dropped'], 'read', async (store) => {
      const envelopes = await readEnvelopes(store('events'), from, limit)
      const end = envelopes.at(-1)?.position
      if (!payloads || end === undefined) return { envelopes, bodies: new Map<number, null>() }
      const range = IDBKeyRange.bound(from, end, true)
      const dropped = await requested(store('dropped').getAllKeys(range))
      const kept = (await requested(store('payloads').getAll(range))) as readonly PayloadRecord[]
      const bodies = new Map<number, Uint8Array | null>(dropped.map((position) => [Number(position), null]))
      for (const { position, bytes } of kept) bodies.set(position, bytes)
      return { envelopes, bodies }
    })
  } catch (error) {
    if (!payloads || !isUnreadableValue(error)) throw error
    return readOneByOne(db, from, limit)
  }
}

/** If one of several payloads cannot be read, the browser returns none of them. */
const readOneByOne = async (db: IDBDatabase, from: number, limit: number): Promise<Chunk> => {
  const { envelopes } = await read(db, from, false, limit)
  const bodies = new Map<number, Uint8Array | null>()
  for (const { position } of envelopes) {
    const body = await readBody(db, position)
    if (body !== undefined) bodies.set(position, body)
  }
  return { envelopes, bodies }
}

/** Undefined if it cannot be read. */
const readBody = async (db: IDBDatabase, position: number): Promise<Uint8Array | null | undefined> => {
  try {
    return await transact(db, ['payloads', 'dropped'], 'read', async (store) => {
      if ((await requested(store('dropped').getKey(position))) !== undefined) return null
      return ((await requested(store('payloads').get(position))) as PayloadRecord | undefined)?.bytes
    })
  } catch (error) {
    if (!isUnreadableValue(error)) throw error
    return undefined
  }
}

const readEnvelopes = async (
  events: IDBObjectStore,
  from: number,
  limit: number,
): Promise<readonly StoredEnvelope[]> => {
  const records = await requested(events.getAll(IDBKeyRange.lowerBound(from, true), limit)).catch(
    (error: unknown) => {
      throw isUnreadableValue(error) ? new ImportFailure('storage-damaged', {}, error) : error
    },
  )
  return (records as readonly EventRecord[]).map(envelopeIn)
}

const NO_PAYLOAD = { payload: null }

const payloadOf = (bodies: Bodies, position: number, sum: number) => {
  const bytes = bodies.get(position)
  if (bytes === null) return NO_PAYLOAD
  if (!(bytes instanceof Uint8Array) || bytesChecksum(bytes) !== sum)
    return { payload: null, isPayloadDamaged: true } as const
  return { payload: bytes }
}
