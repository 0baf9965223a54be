import { isListingDue, listingShare } from '../../domain/schedule/complete-listing.ts'
import { compareLists } from '../../domain/compare-lists.ts'
import type { ListChange } from '../../domain/compare-lists.ts'
import type { Contact } from '../../domain/contact.ts'
import type { RecordedEvent } from '../../domain/events.ts'
import { withinLimitById } from '../../domain/limit.ts'
import { undoOf } from '../../domain/undo.ts'
import type { Undo } from '../../domain/undo.ts'
import { isImportFailure } from '../../domain/failures.ts'
import type { ImportFailure } from '../../domain/failures.ts'
import type { SignInReport, SourceReport } from '../../domain/reports.ts'
import type { Source } from '../../domain/source.ts'
import type { EnrichedReport } from '../../machines/decide-report.ts'
import type { FetchRequest } from '../../ports/contact-source.ts'
import type { ReportAnswer } from '../../ports/sign-in.ts'
import { emptyList, knownMailbox } from '../../projections/contact-lists.ts'
import type { DisplayOrder } from '../../projections/display-order.ts'
import { lastCompleteListing } from '../../projections/history.ts'
import type { ContactBookOptions } from '../contact-book.ts'
import type { LinkingKeys } from '../log/linking-keys.ts'
import type { Log } from '../log/log.ts'
import type { Recorder } from '../log/recorder.ts'
import type { SerialQueue } from '../../async/serial-queue.ts'
import { yieldToEventLoop } from '../../async/yield-to-event-loop.ts'
import type { BookState } from '../log/book-state.ts'
import { accountKey } from './account-key.ts'

/** A fetch whose last page is older than this starts over: its cursor may have expired, and the mailbox changed. */
const RESUME_WITHIN_MS = 60 * 60 * 1000

/** If no page has come for this long, there is time to sort contacts. */
const IDLE_MS = 40

interface ReportsOptions extends Pick<ContactBookOptions, 'store' | 'clock'> {
  readonly keys: LinkingKeys
  readonly log: Log
  readonly queue: SerialQueue
  readonly recorder: Recorder
  readonly state: BookState
  readonly order: DisplayOrder
  /** Stops the task of a source after the store failed during its attempt. */
  readonly stop: (source: Source) => Promise<void>
}

interface AwaitedKey {
  readonly source: Source
  readonly linking: string
  /** Resolves when the key has arrived and, if its linking has ended meanwhile, is destroyed again. */
  readonly checked: Promise<void>
}

/** Receives the reports of adapters, adds what only the book knows, and has them decided and recorded. */
export class Reports {
  readonly #options: ReportsOptions
  #isClosed = false
  #idle: ReturnType<typeof setTimeout> | undefined
  /** Number of reports so far. A new report stops the sorting in the background. */
  #count = 0
  /** The key for the attempt of a source. */
  readonly #keys = new Map<Source, { readonly attempt: string; readonly obtained: Promise<void> }>()
  /** Keys that the vault has not given yet. */
  readonly #awaited = new Set<AwaitedKey>()

  constructor(options: ReportsOptions) {
    this.#options = options
  }

  /**
   * Obtains the key for the reports of an attempt. Outside the queue, because a vault may take seconds and a cancel must
   * not wait for it.
   */
  begin(source: Source, attempt: string): void {
    if (this.#keys.get(source)?.attempt === attempt) return
    const { keys, log } = this.#options
    const linking = log.linking(source)
    const obtained = keys.obtain(source, linking)
    // A failure is thrown when the first report comes.
    const checked = obtained.then(() => this.#destroyIfOver(source, linking)).catch(() => undefined)
    const awaited = { source, linking, checked }
    this.#awaited.add(awaited)
    void checked.then(() => this.#awaited.delete(awaited))
    this.#keys.set(source, { attempt, obtained })
  }

  /** Another process may have signed out and destroyed the key before the vault of this process made it again. */
  async #destroyIfOver(source: Source, linking: string): Promise<void> {
    const { keys, log, queue, recorder } = this.#options
    await queue.run(() => recorder.catchUp())
    if (log.linking(source) !== linking) await keys.destroy(source, [linking])
  }

  /** Resolves when the report is recorded, or to the reason it is not accepted. */
  async report(source: Source, attempt: string, report: SourceReport | SignInReport): Promise<ReportAnswer> {
    if (report.type !== 'sign-in.answered') {
      const locked = await this.#failureOfKey(source)
      if (locked !== null) {
        await this.fail(source, attempt, locked)
        return { accepted: false, reason: locked.code }
      }
    }
    const accountId = 'account' in report ? report.account.id : null
    const key = accountId === null ? null : await accountKey(this.#options.store.events.key, accountId)
    clearTimeout(this.#idle)
    this.#count++
    const { order, state } = this.#options
    if (report.type === 'contacts.counted') order.expectNothing()
    if (report.type === 'listing.finished') await order.prepare(state.lists, source, yieldToEventLoop)
    const contacts = await this.#withKeys(source, report)
    const answer = await this.#record(source, attempt, () => {
      switch (report.type) {
        case 'consent.granted':
        case 'access.found':
          return { ...report, accountKey: key }
        case 'page.fetched':
          return { ...report, contacts }
        case 'changes.fetched':
          return { ...report, upserted: contacts }
        case 'listing.finished':
          return { ...report, ...this.#change(source) }
        default:
          return report
      }
    })
    if (!answer.accepted) this.voidStaged()
    // A command may have ended the attempt meanwhile.
    else if (report.type === 'page.fetched' && state.lists[source]?.staged?.attempt === attempt)
      this.#presortWhenIdle(contacts)
    return answer
  }

  async #withKeys(source: Source, report: SourceReport | SignInReport): Promise<readonly Contact[]> {
    const contacts = 'contacts' in report ? report.contacts : 'upserted' in report ? report.upserted : []
    if (contacts.length === 0) return []
    const { log, order, state } = this.#options
    await order.readAhead(state.lists, yieldToEventLoop)
    const { staged, contacts: shown, beyond } = state.lists[source] ?? emptyList
    return log.contactKeys.assign(
      contacts,
      (id) => staged?.contacts?.get(id) ?? shown.get(id) ?? beyond.get(id),
    )
  }

  async #failureOfKey(source: Source): Promise<ImportFailure | null> {
    try {
      await this.#keys.get(source)?.obtained
      return null
    } catch (error) {
      if (isImportFailure(error)) return error
      throw error
    }
  }

  async fail(source: Source, attempt: string, { code, details }: ImportFailure): Promise<void> {
    await this.#record(source, attempt, () => ({ type: 'failure', code, details }))
  }

  /** The cursors of a fetch: where it continues, and since when it asks for changes. */
  cursors(source: Source): Omit<FetchRequest, 'attempt'> {
    const { clock, state } = this.#options
    const list = state.lists[source]
    const { lastPageAt = null, resumeFrom = null } = list?.staged ?? {}
    const age = lastPageAt === null ? Infinity : clock.now().getTime() - Date.parse(lastPageAt)
    const isResumed = age < RESUME_WITHIN_MS && resumeFrom !== null
    const isRefresh = state.machines.states()[source].context.attempt?.by === 'refresh'
    // An interrupted attempt left part of a list, and changes cannot be applied to a part.
    const startsAfresh = (list?.staged?.contacts ?? null) !== null && !isResumed
    return {
      resumeFrom: isResumed ? resumeFrom : null,
      recorded: (isResumed ? list?.staged?.contacts : null) ?? new Map(),
      changesSince: isRefresh && !startsAfresh && !this.#isListingDue(source) ? (list?.cursor ?? null) : null,
      lastCursor: isRefresh ? (list?.cursor ?? null) : null,
      isRefresh,
      onDevice: list?.contacts ?? new Map(),
    }
  }

  /** Drops the contacts that were sorted for an attempt that ended without a list. */
  voidStaged(): void {
    clearTimeout(this.#idle)
    this.#count++
    this.#options.order.expectNothing()
  }

  /**
   * No report is accepted or recorded after this call. Waits for keys that the vault still makes for an account that was
   * signed out, to destroy them.
   */
  async close(): Promise<void> {
    clearTimeout(this.#idle)
    this.#isClosed = true
    if (this.#awaited.size === 0) return
    const { log, queue, recorder } = this.#options
    await queue.run(() => recorder.catchUp()).catch(() => undefined)
    const over = [...this.#awaited].filter(({ source, linking }) => log.linking(source) !== linking)
    await Promise.all(over.map(({ checked }) => checked))
  }

  /** Whether a refresh lists the source completely. */
  #isListingDue(source: Source): boolean {
    const { clock, state, store } = this.#options
    const listedAt = lastCompleteListing(state.history, source)
    return isListingDue(listedAt, clock.now(), listingShare(store.events.key, source, listedAt))
  }

  /** Sorts the contacts of a page while the fetch waits for the service, so that less is left to sort at the end. */
  #presortWhenIdle(contacts: readonly Contact[]): void {
    const { order } = this.#options
    order.expect(contacts)
    const count = this.#count
    const isIdle = () => count === this.#count && !this.#isClosed
    // The error occurs again when the listing is finished, and is handled there.
    const presort = () => void order.presort(yieldToEventLoop, isIdle).catch(() => undefined)
    this.#idle = setTimeout(presort, IDLE_MS)
  }

  async #record(source: Source, attempt: string, enriched: () => EnrichedReport): Promise<ReportAnswer> {
    const over: ReportAnswer = { accepted: false, reason: 'attempt-over' }
    if (this.#isClosed) return over
    const { queue, recorder, state, stop } = this.#options
    return queue.run(async () => {
      if (recorder.unrecordedFailure(source)) return over
      try {
        const events = await recorder.recordReport(source, attempt, enriched)
        return state.isErased(source, attempt) ? over : answerOf(events)
      } catch (error) {
        if (!isImportFailure(error)) throw error
        await recorder.noteUnrecordedFailure(source, error.code)
        await stop(source)
        return { accepted: false, reason: error.code }
      }
    })
  }

  /** How the finished listing changes the list that it replaces. */
  #change(source: Source): { readonly change: ListChange; readonly undo: Undo | null } {
    const list = this.#options.state.lists[source] ?? emptyList
    const known = knownMailbox(list)
    return {
      change: compareLists(list.contacts, known),
      undo: undoOf(list.contacts, withinLimitById(known.contacts)),
    }
  }
}

const answerOf = (events: readonly RecordedEvent[]): ReportAnswer => {
  const last = events.at(-1)
  if (last?.type === 'report.ignored') return { accepted: false, reason: 'attempt-over' }
  if (last?.type === 'attempt.failed') return { accepted: false, reason: last.data.code }
  return { accepted: true }
}
