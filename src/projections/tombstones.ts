import type { RecordedEvent } from '../domain/events.ts'
import type { Source } from '../domain/source.ts'

/** The last sign-out of a source. */
export interface SignOut {
  /** Position of `account.signed-out`. */
  readonly tombstone: number
  /** Events of the stream that still stand before it: none once the erasure is finished. */
  readonly before: number
}

export interface SignOuts {
  readonly events: Readonly<Partial<Record<Source, number>>>
  readonly last: Readonly<Partial<Record<Source, SignOut>>>
}

export const noSignOuts: SignOuts = { events: {}, last: {} }

export const foldSignOuts = ({ events, last }: SignOuts, event: Omit<RecordedEvent, 'payload'>): SignOuts => {
  const before = events[event.stream] ?? 0
  return {
    events: { ...events, [event.stream]: before + 1 },
    last:
      event.type === 'account.signed-out'
        ? { ...last, [event.stream]: { tombstone: event.position, before } }
        : last,
  }
}
