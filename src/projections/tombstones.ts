import type { RecordedEvent } from '../domain/events.ts'
import type { Source } from '../domain/source.ts'

/**
 * The name of the linking before any sign-out. A linking is the part of a stream after a sign-out, up to the next one, and
 * is named by the id of the event before it.
 */
export const FIRST_LINKING = 'first'

/** The last sign-out of a source. */
export interface Tombstone {
  /** Id of `account.signed-out`. */
  readonly id: string
  /** Position of `account.signed-out`. */
  readonly position: number
  /** Events of the stream before it: 0 once the erasure is finished. */
  readonly before: number
  /** The linkings before it, as far as the log still has their sign-outs. */
  readonly ended: readonly string[]
}

/** How many events each stream has, and its last tombstone. */
export interface Tombstones {
  readonly events: Readonly<Partial<Record<Source, number>>>
  readonly last: Readonly<Partial<Record<Source, Tombstone>>>
}

export const noTombstones: Tombstones = { events: {}, last: {} }

export const foldTombstones = (
  { events, last }: Tombstones,
  { stream, type, position, id }: Omit<RecordedEvent, 'payload'>,
): Tombstones => {
  const before = events[stream] ?? 0
  const counted = { ...events, [stream]: before + 1 }
  if (type !== 'account.signed-out') return { events: counted, last }
  const earlier = last[stream]
  const ended = [...(earlier?.ended ?? []), earlier?.id ?? FIRST_LINKING]
  // TypeScript does not check a value under a computed key, but it checks this annotation.
  const tombstone: Tombstone = { id, position, before, ended }
  return { events: counted, last: { ...last, [stream]: tombstone } }
}

/** Whether a source has events other than the tombstone of its last sign-out. */
export const hasEventsLeft = ({ events, last }: Tombstones, source: Source): boolean =>
  (events[source] ?? 0) > (last[source] ? 1 : 0)

/** The tombstones after the events before the last sign-out of a source were erased. */
export const eventsErased = ({ events, last }: Tombstones, source: Source): Tombstones => {
  const tombstone = last[source]
  if (!tombstone) return { events, last }
  return {
    events: { ...events, [source]: (events[source] ?? 0) - tombstone.before },
    last: { ...last, [source]: { ...tombstone, before: 0 } satisfies Tombstone },
  }
}
