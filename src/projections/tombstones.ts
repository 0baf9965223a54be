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
  { stream, type, position }: Omit<RecordedEvent, 'payload'>,
): Tombstones => {
  const before = events[stream] ?? 0
  const counted = { ...events, [stream]: before + 1 }
  if (type !== 'account.signed-out') return { events: counted, last }
  // TypeScript does not check a value under a computed key, but it checks this annotation.
  const tombstone: Tombstone = { position, before }
  return { events: counted, last: { ...last, [stream]: tombstone } }
}

/** Whether a source has any event besides the tombstone of its last sign-out. */
export const hasEventsLeft = ({ events, last }: Tombstones, source: Source): boolean =>
  (events[source] ?? 0) > (last[source] ? 1 : 0)

/** The tombstones once the events before the last sign-out of a source are erased. */
export const eventsErased = ({ events, last }: Tombstones, source: Source): Tombstones => {
  const tombstone = last[source]
  if (!tombstone) return { events, last }
  return {
    events: { ...events, [source]: (events[source] ?? 0) - tombstone.before },
    last: { ...last, [source]: { ...tombstone, before: 0 } satisfies Tombstone },
  }
}
