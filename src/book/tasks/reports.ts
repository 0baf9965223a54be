import { compareLists } from '../../domain/compare-lists.ts'
import type { ListChange } from '../../domain/compare-lists.ts'
import type { RecordedEvent } from '../../domain/events.ts'
import { withinLimit } from '../../domain/limit.ts'
import { undoOf } from '../../domain/undo.ts'
import type { Undo } from '../../domain/undo.ts'
import { isImportFailure } from '../../domain/failures.ts'
import type { ImportFailure } from '../../domain/failures.ts'
import type { SignInReport, SourceReport } from '../../domain/reports.ts'
import type { Source } from '../../domain/source.ts'
import { decideReport } from '../../machines/decide-report.ts'
import type { EnrichedReport } from '../../machines/decide-report.ts'
import type { FetchRequest } from '../../ports/contact-source.ts'
import type { ReportAnswer } from '../../ports/sign-in.ts'
import { emptyList, knownMailbox } from '../../projections/contact-lists.ts'
import { accountKey } from './account-key.ts'
import type { ContactBookOptions } from '../options.ts'
import type { Recorder } from '../log/recorder.ts'
import type { SerialQueue } from '../../async/serial-queue.ts'
import type { BookState } from '../log/book-state.ts'

/** A fetch whose last page is older starts over: the links in its cursor may have died, the mailbox moved on. */
const RESUME_WITHIN_MS = 60 * 60 * 1000

/** Answers that come at once leave no such gap. */
const IDLE_MS = 40

interface ReportsOptions extends Pick<ContactBookOptions, 'store' | 'clock'> {
  readonly queue: SerialQueue
  readonly recorder: Recorder
  readonly state: BookState
  /** Sorts what a source has staged, ahead of the moment in which it is shown. */
  readonly prepare: (source: Source) => Promise<void>
  /** The store failed under an attempt: what runs must stop. */
  readonly stop: (source: Source) => Promise<void>
}

/** Takes what adapters report, adds what only the book knows, and has it decided and recorded. */
export class Reports {
  readonly #options: ReportsOptions
  #isClosed = false
  #idle: ReturnType<typeof setTimeout> | undefined

  constructor(options: ReportsOptions) {
    this.#options = options
  }

  async report(source: Source, attempt: string, report: SourceReport | SignInReport): Promise<ReportAnswer> {
    const accountId = 'account' in report ? report.account.id : null
    const key = accountId === null ? null : await accountKey(this.#options.store.events.key, accountId)
    clearTimeout(this.#idle)
    if (report.type === 'listing.finished') await this.#options.prepare(source)
    if (report.type === 'page.fetched') this.#idle = setTimeout(() => void this.#prepareIdly(source), IDLE_MS)
    return this.#decide(source, attempt, () =>
      'account' in report
        ? { ...report, accountKey: key }
        : report.type === 'listing.finished'
          ? { ...report, ...this.#change(source) }
          : report,
    )
  }

  async fail(source: Source, attempt: string, { code, details }: ImportFailure): Promise<void> {
    await this.#decide(source, attempt, () => ({ type: 'failure', code, details }))
  }

  /** Where a fetch goes on, and since when changes are wanted. */
  cursors(source: Source): Omit<FetchRequest, 'attempt'> {
    const list = this.#options.state.lists[source]
    const { lastPageAt = null, resumeFrom = null } = list?.staged ?? {}
    const age = lastPageAt === null ? Infinity : this.#options.clock.now().getTime() - Date.parse(lastPageAt)
    const isResumed = age < RESUME_WITHIN_MS && resumeFrom !== null
    return {
      resumeFrom: isResumed ? resumeFrom : null,
      recorded: (isResumed ? list?.staged?.contacts : null) ?? new Map(),
      changesSince: list?.cursor ?? null,
    }
  }

  /** From now on every report is too late, and leaves no trace. */
  close(): void {
    clearTimeout(this.#idle)
    this.#isClosed = true
  }

  /** While the service lets us wait, what has come so far is made ready: the end has less to do then. */
  async #prepareIdly(source: Source): Promise<void> {
    await this.#options.prepare(source).catch(() => undefined) // It fails when it is its turn.
  }

  async #decide(source: Source, attempt: string, know: () => EnrichedReport): Promise<ReportAnswer> {
    const over: ReportAnswer = { accepted: false, reason: 'attempt-over' }
    if (this.#isClosed) return over
    const { queue, recorder, stop } = this.#options
    return queue.run(async () => {
      if (recorder.owes(source)) return over
      try {
        const { events } = await recorder.record((states) => ({
          ok: true,
          facts: decideReport(source, attempt, know(), states[source]),
        }))
        return answerOf(events)
      } catch (error) {
        if (!isImportFailure(error)) throw error
        await recorder.owe(source, error.code)
        await stop(source)
        return { accepted: false, reason: error.code }
      }
    })
  }

  /** What the attempt would make of the list, now that all of it is there. */
  #change(source: Source): { readonly change: ListChange; readonly undo: Undo | null } {
    const list = this.#options.state.lists[source] ?? emptyList
    const known = knownMailbox(list)
    return {
      change: compareLists(list.contacts, known),
      undo: undoOf(list.contacts, withinLimit(known.contacts.values())),
    }
  }
}

const answerOf = (events: readonly RecordedEvent[]): ReportAnswer => {
  const last = events.at(-1)
  if (last?.type === 'report.ignored') return { accepted: false, reason: 'attempt-over' }
  if (last?.type === 'attempt.failed') return { accepted: false, reason: last.data.code }
  return { accepted: true }
}
