import type { RecordedEvent } from '../domain/events.ts'
import type { Source } from '../domain/source.ts'

/** The last sign-out of a source. */
export interface Tombstone {
  /** Position of `account.signed-out`. */
  readonly position: number
  /** Events of the stream before it: 0 once the erasure is finished. */
  readonly before: number
}

/** How many events each stream has, and its last tombstone. */
export interface Tombstones {
  readonly events: Readonly<Partial<Record<Source, number>>>
  readonly last: Readonly<Partial<Record<Source, Tombstone>>>
}

export const noTombstones: Tombstones = { events: {}, last: {} }

export const foldTombstones = (
  { events, last }: Tombstones,
  event: Omit<RecordedEvent, 'payload'>,
): Tombstones => {
  const before = events[event.stream] ?? 0
  return {
    events: { ...events, [event.stream]: before + 1 },
    last:
      event.type === 'account.signed-out'
        ? { ...last, [event.stream]: { tombstone: event.position, before } }
        : last,
  }
}
