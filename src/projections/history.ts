import type { StartingCommand } from '../domain/commands.ts'
import type { Completion, RecordedEvent, SkipCounts } from '../domain/events.ts'
import type { FailureCode, FailureDetails } from '../domain/failures.ts'
import type { Source } from '../domain/source.ts'

/** The counts of one attempt, kept longer than its contacts. */
export interface AttemptRecord {
  readonly source: Source
  readonly attempt: string
  readonly number: number
  readonly by: StartingCommand
  readonly requestedAt: string
  readonly endedAt: string | null
  readonly outcome: 'running' | 'imported' | 'capped' | 'held' | 'failed' | 'cancelled'
  readonly code: FailureCode | null
  readonly details: FailureDetails
  readonly expected: number | null
  readonly pages: number
  readonly fetched: number
  readonly skipped: SkipCounts
  readonly completion: Completion | null
  /** The source was listed completely, rather than asked for changes. */
  readonly isCompleteListing: boolean
  /** Number of reports that arrived after the attempt was over. */
  readonly ignored: number
}

/** All attempts, oldest first. */
export type History = readonly AttemptRecord[]

/**
 * The folded form: the latest attempt of each source is separate from the earlier ones, so that the cost of an event
 * does not grow with the number of attempts.
 */
export interface Attempts {
  readonly earlier: Earlier | null
  readonly latest: Readonly<Partial<Record<Source, AttemptRecord>>>
}

/** A linked list, newest first, so that adding an attempt is cheap. */
interface Earlier {
  readonly record: AttemptRecord
  readonly before: Earlier | null
}

export const noAttempts: Attempts = { earlier: null, latest: {} }

/**
 * All attempts, oldest first. Those of one source are in the order in which they were recorded, even if the clock was
 * set back between them: so its last one is the latest.
 */
export const historyOf = ({ earlier, latest }: Attempts): History => {
  const records = [...recordsOf(earlier), ...Object.values(latest)]
  const soonest: Partial<Record<Source, string>> = {}
  // An attempt was requested no later than the next one of its source, whatever the clock said.
  const timed = records.toReversed().map((record) => {
    const { source, requestedAt } = record
    const { [source]: next = requestedAt } = soonest
    const time = requestedAt < next ? requestedAt : next
    soonest[source] = time
    return { record, time }
  })
  return timed
    .reverse()
    .sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : a.record.number - b.record.number))
    .map(({ record }) => record)
}

/** When the last complete listing that took effect began; null if there is none. */
export const lastCompleteListing = (history: History, source: Source): string | null =>
  history.findLast(
    (record) =>
      record.source === source &&
      record.isCompleteListing &&
      (record.outcome === 'imported' || record.outcome === 'capped'),
  )?.requestedAt ?? null

export const foldAttempts = (attempts: Attempts, event: Omit<RecordedEvent, 'payload'>): Attempts =>
  foldEvent(attempts, event as RecordedEvent)

const foldEvent = (attempts: Attempts, event: RecordedEvent): Attempts => {
  const { earlier, latest } = attempts
  const { attempt, stream: source, time } = event
  const change = (make: (record: AttemptRecord) => Partial<AttemptRecord>): Attempts => {
    const changed = (record: AttemptRecord) => ({ ...record, ...make(record) })
    const record = latest[source]
    if (record?.attempt === attempt) return { earlier, latest: { ...latest, [source]: changed(record) } }
    const records = recordsOf(earlier)
    return {
      earlier: earlierOf(records.map((record) => (record.attempt === attempt ? changed(record) : record))),
      latest,
    }
  }
  switch (event.type) {
    case 'account.signed-out': {
      const { [source]: gone, ...others } = latest
      return {
        earlier: earlierOf(recordsOf(earlier).filter((record) => record.source !== source)),
        latest: others,
      }
    }
    case 'attempt.requested': {
      if (attempt === null) return attempts
      const { by, number } = event.data
      const record = { ...fresh, source, attempt, requestedAt: time, by, number }
      const before = latest[source]
      return {
        earlier: before ? { record: before, before: earlier } : earlier,
        latest: { ...latest, [source]: record },
      }
    }
    case 'contacts.counted':
      return change(() => ({
        expected: event.data.count,
        pages: 0,
        fetched: 0,
        skipped: {},
        isCompleteListing: true,
      }))
    case 'page.fetched':
    case 'changes.fetched': {
      const { data } = event
      const contacts = 'contacts' in data ? data.contacts : data.upserted
      return change(({ fetched, skipped }) => ({
        pages: data.page,
        fetched: fetched + contacts,
        skipped: add(skipped, data.skipped),
      }))
    }
    case 'attempt.completed':
    case 'removal.approved':
      return change(() => ({
        outcome: event.data.outcome,
        completion: event.data,
        endedAt: time,
        code: null,
        details: {},
      }))
    case 'removal.held':
      return change(() => ({
        outcome: 'held',
        code: 'removal-held',
        completion: event.data.completion,
        endedAt: time,
      }))
    case 'attempt.failed': {
      const { code, ...details } = event.data
      return change(() => ({ outcome: 'failed', code, details, endedAt: time }))
    }
    case 'attempt.cancelled':
      return change(() => ({ outcome: 'cancelled', endedAt: time }))
    case 'report.ignored':
      return change(({ ignored }) => ({ ignored: ignored + 1 }))
    case 'consent.granted':
    case 'list.checkpointed':
    case 'identity.decided':
      return attempts
  }
}

/** Oldest first. */
const recordsOf = (earlier: Earlier | null): AttemptRecord[] => {
  const records: AttemptRecord[] = []
  for (let each = earlier; each; each = each.before) records.push(each.record)
  return records.reverse()
}

const earlierOf = (records: History): Earlier | null =>
  records.reduce<Earlier | null>((before, record) => ({ record, before }), null)

const fresh = {
  endedAt: null,
  outcome: 'running',
  code: null,
  details: {},
  expected: null,
  pages: 0,
  fetched: 0,
  skipped: {},
  completion: null,
  isCompleteListing: false,
  ignored: 0,
} as const

const add = (a: SkipCounts, b: SkipCounts): SkipCounts => {
  const total: Record<string, number> = { ...a }
  for (const [reason, count] of Object.entries(b)) total[reason] = (total[reason] ?? 0) + count
  return total
}
