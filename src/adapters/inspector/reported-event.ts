import * as v from 'valibot'
import type { Envelope } from '../../domain/events.ts'
import { sources } from '../../domain/source.ts'
import type { Source } from '../../domain/source.ts'
import type { StoredEvent } from '../../ports/event-store.ts'
import { redactedEvent } from './redacted-event.ts'

/** A recorded event as a report shows it. Only allowed fields and values of its envelope, without the account key. */
export type ReportedEvent = Omit<v.InferOutput<typeof redactedEvent>, 'data'> & {
  readonly position: number
  readonly source: Source | null
  readonly data: object
}

/** What of an event can be passed on: nothing else is. The event may come from a damaged file. */
export const reportedEvent = ({
  position,
  stream,
  type,
  time,
  attempt,
  data,
}: Pick<
  StoredEvent | Envelope,
  'position' | 'stream' | 'type' | 'time' | 'attempt' | 'data'
>): ReportedEvent => {
  const { data: checked, ...rest } = v.parse(redactedEvent, { type, time, attempt, data })
  // The account key would identify the account across reports.
  const { accountKey, ...shown } = checked ?? {}
  return { position, source: sources.find((source) => source === stream) ?? null, ...rest, data: shown }
}
