import { listingShare } from '../domain/schedule/complete-listing.ts'
import type { Contact } from '../domain/contact.ts'
import type { RecordedEvent } from '../domain/events.ts'
import type { Source } from '../domain/source.ts'
import type { DecisionContext } from '../machines/decide-command.ts'
import { dueTask, type DueTask } from '../machines/account-state.ts'
import { DisplayOrder } from '../projections/display-order.ts'
import { decisionContext, type BookCore } from './book-core.ts'
import type { Resumed } from './contact-book.ts'
import { finishErasing } from './maintenance/erase-account.ts'
import { LeftTokens } from './maintenance/left-tokens.ts'
import { Maintenance } from './maintenance/maintenance.ts'
import { PhotosOnDemand } from './photos/photos-on-demand.ts'
import { OtherRunners } from './tasks/other-runners.ts'
import { Reports } from './tasks/reports.ts'
import { choosesAccount } from './tasks/resume-attempt.ts'
import { TaskRunner } from './tasks/runner.ts'
import { AccessEnds } from './views/access-ends.ts'
import { accountViews, type LinkedAccountView } from './views/account-views.ts'
import { Outcomes, type Outcome } from './views/outcomes.ts'
import { ProgressFeed } from './views/progress.ts'
import { Views } from './views/views.ts'
import type { ViewValues } from './views/views.ts'

/**
 * Brings everything in line with the log, once after each append: first the running tasks and their locks, then
 * views and outcomes, then maintenance.
 */
export class Supervisor {
  readonly #core: BookCore
  readonly #tasks: TaskRunner
  readonly #otherRunners: OtherRunners
  readonly #reports: Reports
  readonly #order: DisplayOrder
  readonly #progress = new ProgressFeed()
  readonly #outcomes = new Outcomes()
  readonly #maintenance: Maintenance
  readonly #leftTokens: LeftTokens
  readonly #accessEnds: AccessEnds
  #stopWatching: () => void = () => undefined
  #isClosed = false

  /** What shells subscribe to. Up to date before a command or a report is answered. */
  readonly views: Views
  readonly progress = this.#progress.view
  readonly photos: PhotosOnDemand

  constructor(core: BookCore) {
    const { options, linked, state } = core
    this.#core = core
    this.#order = new DisplayOrder(options.locale, options.nameOrder)
    this.#maintenance = new Maintenance(core, this.#order, this.#diagnose)
    this.#leftTokens = new LeftTokens({ ...core, diagnose: this.#diagnose })
    this.#accessEnds = new AccessEnds({
      linked,
      changed: () => (this.#isClosed ? undefined : this.show()),
      diagnose: this.#diagnose,
    })
    this.#reports = new Reports({
      ...options,
      ...core,
      order: this.#order,
      stop: (source) => this.reconcile(source),
    })
    this.#tasks = new TaskRunner(linked, {
      begin: (source, attempt) => this.#reports.begin(source, attempt),
      report: (source, attempt, report) => this.#reports.report(source, attempt, report),
      fail: (source, attempt, failure) => this.#reports.fail(source, attempt, failure),
      progress: (source, attempt, progress) => this.#progress.update(source, attempt, progress),
      cursors: (source) => this.#reports.cursors(source),
      choosesAccount: (source) => choosesAccount(state.history, source),
      diagnose: this.#diagnose,
    })
    this.#otherRunners = new OtherRunners({
      ...core,
      reconcile: (source) => this.reconcile(source),
      diagnose: this.#diagnose,
    })
    this.photos = new PhotosOnDemand({ ...core, order: this.#order, diagnose: this.#diagnose })
    this.views = new Views(this.#shown(), this.#order, this.#diagnose)
  }

  /** Follows the appends of other writers from now on, and finishes interrupted erasures. */
  async begin(): Promise<void> {
    const { options, keys, linked, queue, remains, state } = this.#core
    const { events } = options.store
    this.#stopWatching = events.watch(() => void queue.run(() => this.#follow()).catch(this.#diagnose))
    await queue.run(async () => {
      const erased = await finishErasing(events, keys, state.tombstones, linked, this.#diagnose)
      for (const source of erased) remains.erased(source)
      await this.#leftTokens.lookAtOpening()
      await this.#otherRunners.look()
      this.show()
    })
    this.#accessEnds.look()
  }

  /** Handles an append of this book or of others. */
  async appended(events: readonly RecordedEvent[], by: 'here' | 'others'): Promise<void> {
    for (const source of new Set(events.map(({ stream }) => stream))) await this.#syncTask(source)
    for (const { type, stream } of events) if (type === 'account.signed-out') await this.#forgetKeys(stream)
    for (const event of events) this.#core.olderLists.fold(event)
    this.#accessEnds.follow(events)
    if (by === 'others') {
      this.#leftTokens.follow(events, () => this.show())
      await this.#otherRunners.look()
    }
    this.#forget(events)
    this.show()
    // Only the writer of an event does its maintenance.
    if (by === 'here') this.#maintenance.begin(events)
  }

  /** Handles changes that the log does not show: an aborted task, an unrecorded failure, a lock. */
  async reconcile(source: Source): Promise<void> {
    await this.#syncTask(source)
    this.#otherRunners.follow()
    this.show()
  }

  /** Takes over the attempts whose process has died, now and later. Call it within the queue. */
  resume(): Promise<readonly Resumed[]> {
    return this.#otherRunners.resume()
  }

  /** Updates the views and resolves the known outcomes. Unchanged values are not emitted. */
  show(): void {
    const shown = this.#shown()
    this.photos.update(shown.lists)
    this.views.update(shown)
    this.#outcomes.settle(shown.history, this.#unrecordedFailure)
  }

  #shown(): ViewValues {
    const { lists, history } = this.#core.state
    return { accounts: this.#accountViews(), lists, history, position: this.#core.log.position }
  }

  retryNow(source: Source): boolean {
    return this.#tasks.retryNow(source)
  }

  /** Stops the task of a source immediately, before anything is recorded. */
  abort(source: Source): void {
    this.#tasks.abort(source)
  }

  /** The keys of a source were destroyed, although its sign-out is not recorded. */
  loseList(source: Source): void {
    const { state } = this.#core
    state.loseList(source)
    this.#reports.voidStaged()
    this.#order.forgetOthers(state.lists)
  }

  outcome(attempt: string): Promise<Outcome> {
    return this.#outcomes.of(attempt, this.#core.state.history, this.#unrecordedFailure)
  }

  firstContacts(count: number): readonly Contact[] {
    return this.#order.first(this.#core.state.lists, count)
  }

  /** Finishes the compaction of a source, because a new attempt would end it. Call it within the queue. */
  finishCompaction(source: Source): Promise<void> {
    return this.#maintenance.finishCompaction(source)
  }

  async close(): Promise<void> {
    const { linked, locks, queue, state } = this.#core
    this.#isClosed = true
    this.photos.close()
    this.#stopWatching()
    this.#otherRunners.close()
    await this.#reports.close()
    await this.#tasks.close()
    await queue.idle()
    await this.#maintenance.idle()
    for (const { signIn } of linked.values()) await signIn.close()
    await locks.close()
    state.machines.stop()
    this.#progress.close()
    this.views.close()
  }

  async #forgetKeys(source: Source): Promise<void> {
    const { keys, state } = this.#core
    for (const linking of state.tombstones.last[source]?.ended ?? []) await keys.forget(source, linking)
  }

  async #follow(): Promise<void> {
    if (this.#isClosed || (await this.#core.recorder.catchUp())) return
    await this.#otherRunners.look()
    this.show()
  }

  /** Starts the task that the state calls for if this book holds the run lock; stops any other. */
  async #syncTask(source: Source): Promise<void> {
    const { locks } = this.#core
    const due = this.#dueTask(source)
    this.#tasks.sync(source, locks.isKept(source) ? due : null)
    if (due?.type === 'fetch') this.#progress.beginFetch(source, due.attempt)
    if (due) return
    await locks.releaseIdle(source)
    this.#progress.clear(source)
  }

  #dueTask(source: Source): DueTask | null {
    const { state } = this.#core
    if (this.#isClosed || this.#unrecordedFailure(source)) return null
    return dueTask(state.machines.snapshot(source))
  }

  /** Contacts in memory do not outlive the attempt or the link that they belong to. */
  #forget(events: readonly RecordedEvent[]): void {
    const types = new Set(events.map(({ type }) => type))
    const isSignedOut = types.has('account.signed-out')
    if (isSignedOut || types.has('attempt.failed') || types.has('attempt.cancelled'))
      this.#reports.voidStaged()
    if (isSignedOut) this.#order.forgetOthers(this.#core.state.lists)
  }

  #accountViews(): readonly LinkedAccountView[] {
    const { linked, olderLists, options, recorder, state } = this.#core
    return accountViews({
      states: recorder.states(),
      lists: state.lists,
      history: state.history,
      isLinked: (source) => linked.has(source),
      mayBeOlder: (source) => olderLists.mayBeOlder(source),
      listingShare: (source, listedAt) => listingShare(options.store.events.key, source, listedAt),
      accessUntil: (source) => this.#accessEnds.of(source),
      isSignInKept: (source) => linked.get(source)?.signIn.isKept?.() ?? true,
      decisionContext: (source) => this.#shownContext(source),
    })
  }

  /**
   * Without an attempt under way, no process runs the source, even if its lock was found taken: the other process was about to
   * release it. Nothing waits until it is free, so the buttons would stay off.
   */
  #shownContext(source: Source): DecisionContext {
    const context = decisionContext(this.#core, source)
    return this.#dueTask(source) === null ? { ...context, runner: 'nobody' } : context
  }

  readonly #unrecordedFailure = (source: Source) => this.#core.recorder.unrecordedFailure(source)

  readonly #diagnose = (error: unknown) => this.#core.options.diagnose?.(error)
}
