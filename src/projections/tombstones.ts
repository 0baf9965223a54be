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
  // TypeScript does not check the value beside a computed key; it does check this annotation.
  const tombstone: Tombstone = { position, before }
  return { events: counted, last: { ...last, [stream]: tombstone } }
}
