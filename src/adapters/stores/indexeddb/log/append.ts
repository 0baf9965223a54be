import { type NewEvent, type PayloadDrop, PositionConflict } from '../../../../ports/event-store.ts'
import { bytesChecksum } from '../checksum.ts'
import type { Losses } from '../losses.ts'
import { lastPosition, putMeta } from '../meta.ts'
import { BY_STREAM, type EventRecord, type PayloadRecord } from '../schema.ts'
import { requested, transact } from '../transaction.ts'
import { envelopeIn, eventRecord } from './envelope-text.ts'

/**
 * Drops payloads and appends events in one transaction, and resolves to the last position. Drops go first, so that an
 * append never drops its own payloads. Payloads are copied before it returns its promise.
 *
 * Throws `PositionConflict` if `expected` is not the last position, a `TypeError` if an event cannot be written as JSON,
 * or a `DOMException`.
 */
export const append = async (
  db: IDBDatabase,
  expected: number,
  events: readonly NewEvent[],
  drops: readonly PayloadDrop[],
  losses: Losses,
): Promise<number> => {
  const rows = events.map((event, index) => recordsOf(event, expected + 1 + index))
  const last = expected + events.length
  await transact(db, ['meta', 'events', 'payloads', 'dropped'], 'strict', async (store) => {
    if ((await lastPosition(store('meta'))) !== expected)
      throw new PositionConflict('Another writer appended first.')
    await losses.note(store('meta'))
    for (const drop of drops) await dropPayloads(store, drop)
    const written = rows.flatMap(({ event, payload }) => [
      store('events').add(event),
      ...(payload === null ? [] : [store('payloads').add(payload)]),
    ])
    await Promise.all([...written.map((request) => requested(request)), putMeta(store('meta'), 'last', last)])
  })
  return last
}

interface Rows {
  readonly event: EventRecord
  readonly payload: PayloadRecord | null
}

const recordsOf = ({ payload = null, ...event }: NewEvent, position: number): Rows => ({
  event: eventRecord({
    ...event,
    position,
    payloadSum: payload === null ? null : bytesChecksum(payload),
  }),
  payload: payload === null ? null : { position, bytes: payload.slice() },
})

type OpenStore = (name: 'events' | 'payloads' | 'dropped') => IDBObjectStore

const dropPayloads = async (store: OpenStore, drop: PayloadDrop): Promise<void> => {
  const { stream, before = Infinity } = drop
  const ofStream = await requested(store('events').index(BY_STREAM).getAllKeys(stream))
  const kept = new Set(await requested(store('payloads').getAllKeys()))
  const positions = ofStream.filter((position) => kept.has(position) && Number(position) < before)
  for (const position of positions)
    if (await isMeant(store('events'), position, drop)) await dropPayload(store, position)
}

/** Replaces the payload at a position by the mark that it was dropped. */
export const dropPayload = async (store: OpenStore, position: IDBValidKey): Promise<void> => {
  await requested(store('payloads').delete(position))
  await requested(store('dropped').put({ position }))
}

const isMeant = async (
  events: IDBObjectStore,
  position: IDBValidKey,
  { attempt, types, until }: PayloadDrop,
): Promise<boolean> => {
  if (attempt === undefined && types === undefined && until === undefined) return true
  const event = envelopeIn((await requested(events.get(position))) as EventRecord)
  return (
    (attempt === undefined || event.attempt === attempt) &&
    (types === undefined || types.includes(event.type)) &&
    (until === undefined || event.time < until)
  )
}
