import type { StartingCommand } from '../domain/commands.ts'
import type { Completion, RecordedEvent, SkipCounts } from '../domain/events.ts'
import type { FailureCode, FailureDetails } from '../domain/failures.ts'
import type { Source } from '../domain/source.ts'

/** One attempt, told in counts: kept when its contacts are long gone. */
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
  /** Reports that came when the attempt was over. */
  readonly ignored: number
}

export type History = readonly AttemptRecord[]

export const noHistory: History = []

export const foldHistory = (history: History, event: Omit<RecordedEvent, 'payload'>): History =>
  foldEvent(history, event as RecordedEvent)

const foldEvent = (history: History, event: RecordedEvent): History => {
  const { attempt, stream: source, time } = event
  const change = (make: (record: AttemptRecord) => Partial<AttemptRecord>): History =>
    history.map((record) => (record.attempt === attempt ? { ...record, ...make(record) } : record))
  switch (event.type) {
    case 'account.signed-out':
      return history.filter((record) => record.source !== source)
    case 'attempt.requested':
      return attempt === null
        ? history
        : [
            ...history,
            { ...fresh, source, attempt, requestedAt: time, by: event.data.by, number: event.data.number },
          ]
    case 'contacts.counted':
      return change(() => ({ expected: event.data.count, pages: 0, fetched: 0, skipped: {} }))
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
      return history
  }
}

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
  ignored: 0,
} as const

const add = (a: SkipCounts, b: SkipCounts): SkipCounts => {
  const total: Record<string, number> = { ...a }
  for (const [reason, count] of Object.entries(b)) total[reason] = (total[reason] ?? 0) + count
  return total
}
