import { goneFrom } from '../domain/compare-lists.ts'
import { startingCommands } from '../domain/commands.ts'
import type { CommandType, StartingCommand } from '../domain/commands.ts'
import type { Contact } from '../domain/contact.ts'
import type { Envelope, RecordedEvent } from '../domain/events.ts'
import { ImportFailure, isImportFailure } from '../domain/failures.ts'
import type { Source } from '../domain/source.ts'
import { decideCommand } from '../machines/decide-command.ts'
import { dueTask } from '../machines/account-state.ts'
import type { LinkedSource } from '../ports/linked-source.ts'
import { emptyList } from '../projections/contact-lists.ts'
import { DisplayOrder } from '../projections/display-order.ts'
import { CONTACT_LIST_SNAPSHOT, takeSnapshot } from '../projections/contact-list-snapshot.ts'
import { accountViews } from './views/account-views.ts'
import { AccountMachines } from './log/account-machines.ts'
import { choosesAccount } from './tasks/chooses-account.ts'
import type { CommandResult, ContactBook, Resumed, SourceResult, StartResult } from './contact-book.ts'
import { eraseAccount, finishErasing, withRoom } from './maintenance/erase-account.ts'
import { ViewSaver } from './maintenance/view-saver.ts'
import type { LinkedAccountView } from './views/linked-account-view.ts'
import { Log } from './log/log.ts'
import type { ContactBookOptions } from './options.ts'
import { Outcomes } from './views/outcomes.ts'
import type { Outcome } from './views/outcomes.ts'
import { yieldToEventLoop } from '../async/yield-to-event-loop.ts'
import { pastLists, readSwaps } from './views/past-lists.ts'
import type { PastList } from './views/past-lists.ts'
import { ProgressFeed } from './views/progress.ts'
import { Recorder } from './log/recorder.ts'
import type { RecordOptions } from './log/recorder.ts'
import { Reports } from './tasks/reports.ts'
import { resumeAttempt } from './tasks/resume-attempt.ts'
import { RunLockKeeper } from './tasks/run-lock-keeper.ts'
import { TaskRunner } from './tasks/runner.ts'
import { SerialQueue } from '../async/serial-queue.ts'
import type { BookState } from './log/book-state.ts'
import { Compaction } from './maintenance/compaction.ts'
import { Views } from './views/views.ts'

/** The core at work: one queue, through which every command and every report goes. */
export class Book implements ContactBook {
  readonly #options: ContactBookOptions
  readonly #linked: ReadonlyMap<Source, LinkedSource>
  readonly #log: Log
  readonly #state: BookState
  readonly #queue = new SerialQueue()
  readonly #locks: RunLockKeeper
  readonly #recorder: Recorder
  readonly #upkeep: Compaction
  readonly #reports: Reports
  readonly #runner: TaskRunner
  readonly #progress = new ProgressFeed()
  readonly #outcomes = new Outcomes()
  readonly #order: DisplayOrder
  readonly #saver: ViewSaver
  readonly #views: Views
  #unwatch: () => void = () => undefined
  #isClosed = false

  constructor(options: ContactBookOptions, log: Log, replayed: BookState) {
    this.#options = options
    this.#linked = new Map(options.sources.map((linked) => [linked.source, linked]))
    this.#log = log
    this.#state = replayed
    if (options.inspect) {
      const past = replayed.machines
      this.#state.machines = new AccountMachines(past, options.inspect)
      past.stop()
    }
    this.#order = new DisplayOrder(options.locale)
    this.#saver = new ViewSaver(options.store.events, this.#diagnose)
    this.#locks = new RunLockKeeper(options.store.locks)
    this.#recorder = new Recorder(log, this.#state, (events, by) => this.#published(events, by))
    const core = { ...options, log, queue: this.#queue, recorder: this.#recorder, state: this.#state }
    this.#upkeep = new Compaction({ ...core, save: async () => this.#saveLists(), diagnose: this.#diagnose })
    this.#reports = new Reports({
      ...core,
      prepare: (source) => this.#order.prepare(this.#state.lists, source, yieldToEventLoop),
      stop: (source) => this.#settle(source),
    })
    this.#runner = new TaskRunner(this.#linked, {
      report: (source, attempt, report) => this.#reports.report(source, attempt, report),
      fail: (source, attempt, failure) => this.#reports.fail(source, attempt, failure),
      progress: (source, attempt, progress) => this.#progress.update(source, attempt, progress),
      cursors: (source) => this.#reports.cursors(source),
      choosesAccount: (source) => choosesAccount(this.#state.history, source),
      diagnose: this.#diagnose,
    })
    this.#views = new Views(this.#accountViews(), this.#state.lists, this.#state.history, this.#order)
  }

  get accounts() {
    return this.#views.accounts
  }

  get contacts() {
    return this.#views.contacts
  }

  get history() {
    return this.#views.history
  }

  get progress() {
    return this.#progress.view
  }

  /** Follows what others append, and finishes what a sign-out left undone. */
  async begin(): Promise<void> {
    const { events } = this.#options.store
    this.#unwatch = events.watch(() => void this.#queue.run(() => this.#follow()).catch(this.#diagnose))
    await this.#queue.run(async () => {
      await finishErasing(events, this.#state.tombstones, this.#linked, this.#diagnose)
      await this.#lookWhoRuns()
      this.#show()
    })
  }

  signIn(source: Source): Promise<StartResult> {
    return this.#startAttempt('signIn', source)
  }

  restart(source: Source): Promise<StartResult> {
    return this.#startAttempt('restart', source)
  }

  refresh(source: Source): Promise<StartResult> {
    return this.#startAttempt('refresh', source)
  }

  refreshAll(): Promise<readonly SourceResult[]> {
    const states = this.#recorder.states()
    const listed = [...this.#linked.keys()].filter((source) => states[source].context.list !== null)
    return Promise.all(listed.map(async (source) => ({ source, result: await this.refresh(source) })))
  }

  cancel(source: Source): Promise<CommandResult> {
    // Nothing waits for the disk: what runs stops now, and is recorded then.
    this.#runner.abort(source)
    return this.#command('cancel', source)
  }

  firstContacts(count: number): readonly Contact[] {
    return this.#order.first(this.#state.lists, count)
  }

  heldContacts(source: Source): readonly Contact[] {
    const { contacts, staged } = this.#state.lists[source] ?? {}
    const isHeld = this.#recorder.states()[source].context.held !== null
    return isHeld && contacts ? goneFrom(contacts, staged?.contacts ?? contacts) : []
  }

  async approveRemoval(source: Source): Promise<CommandResult> {
    // What the medium lost a page of must not take the place of a whole list.
    if (this.#state.lists[source]?.staged?.isDamaged) throw new ImportFailure('storage-damaged')
    return this.#command('approveRemoval', source)
  }

  signOut(source: Source): Promise<CommandResult> {
    this.#runner.abort(source)
    return this.#command('signOut', source)
  }

  outcome(attempt: string): Promise<Outcome> {
    return this.#outcomes.of(attempt, this.#state.history, (source) => this.#recorder.owes(source))
  }

  resume(): Promise<readonly Resumed[]> {
    return this.#queue.run(
      async () => {
        await this.#recorder.catchUp()
        const resumed: Resumed[] = []
        const parts = { state: this.#state, locks: this.#locks, recorder: this.#recorder }
        for (const source of this.#linked.keys()) {
          const attempt = await resumeAttempt(source, parts)
          if (attempt === null) continue
          resumed.push(attempt)
          if (attempt.as !== 'elsewhere') await this.#settle(source)
        }
        return resumed
      },
      { urgent: true },
    )
  }

  async past(source: Source): Promise<Iterable<PastList>> {
    const { contacts } = this.#state.lists[source] ?? emptyList
    const log = new Log(this.#options.store.events, this.#options.clock)
    const events = log.readOn({ payloads: true, upTo: this.#log.position })
    return pastLists(contacts, await readSwaps(events, source))
  }

  async *events(): AsyncIterable<Envelope> {
    const log = new Log(this.#options.store.events, this.#options.clock)
    for await (const { payload, ...envelope } of log.readOn({ payloads: false })) yield envelope
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#unwatch()
    this.#reports.close()
    await this.#runner.close()
    await this.#queue.idle()
    await this.#upkeep.idle()
    await this.#saver.idle()
    for (const { signIn } of this.#linked.values()) await signIn.close()
    await this.#locks.close()
    this.#state.machines.stop()
    this.#progress.close()
    this.#views.close()
    await this.#options.store.events.close()
  }

  async #startAttempt(type: StartingCommand, source: Source): Promise<StartResult> {
    const result = await this.#command(type, source)
    if (!result.ok) return result
    if (result.attempt === null) throw new TypeError('a started attempt has an id')
    return { ok: true, attempt: result.attempt }
  }

  #command(type: CommandType, source: Source): Promise<CommandResult> {
    const linked = this.#linked.get(source)
    if (!linked) return Promise.reject(new TypeError(`no adapter was given for ${source}`))
    return this.#queue.run(
      async () => {
        try {
          return await this.#decideCommand(type, linked)
        } catch (error) {
          // What ran is stopped already: where that cannot be recorded, the attempt has failed of the store.
          if (type === 'cancel' && isImportFailure(error)) await this.#recorder.owe(source, error.code)
          throw error
        } finally {
          await this.#locks.releaseUnkept(source)
          await this.#settle(source)
        }
      },
      { urgent: true },
    )
  }

  async #decideCommand(type: CommandType, linked: LinkedSource): Promise<CommandResult> {
    const { source } = linked
    // Signing out must work where nothing can be written any more; it makes up for every failure.
    if (type === 'signOut') this.#recorder.forgive(source)
    else await this.#recorder.settle()
    await this.#recorder.catchUp()
    const isStarting = (startingCommands as readonly CommandType[]).includes(type)
    if (isStarting) await this.#upkeep.finish(source)
    const runner = isStarting ? await this.#locks.take(source) : this.#locks.runner(source)
    const command = { kind: 'command', type, source, attempt: this.#options.clock.newId() } as const
    const record = (options?: RecordOptions) =>
      this.#recorder.record((states) => {
        const decision = decideCommand(command, states, {
          runner,
          storeIsNewer: this.#log.isNewer,
          nothingLeft: false,
        })
        if (decision.ok && isStarting) this.#locks.keep(source)
        return decision
      }, options)
    const { decision, events } = await (type === 'signOut' ? withRoom(record, linked) : record())
    if (!decision.ok) return decision
    const last = events.at(-1)
    if (last?.type === 'account.signed-out') {
      await eraseAccount(this.#options.store.events, source, last.position, linked)
    }
    return { ok: true, attempt: last?.attempt ?? null }
  }

  async #follow(): Promise<void> {
    if (this.#isClosed) return
    await this.#recorder.catchUp()
    await this.#lookWhoRuns()
    this.#show()
  }

  /** Runs after every change: starts and stops tasks, renews the views, answers who waits for an outcome. */
  async #published(events: readonly RecordedEvent[], by: 'here' | 'others'): Promise<void> {
    for (const source of new Set(events.map(({ stream }) => stream))) await this.#settle(source)
    const swaps = events.filter(({ type }) => type === 'attempt.completed' || type === 'removal.approved')
    if (by === 'others' || swaps.length === 0) return
    // Whoever recorded it saves what it came to, and tidies up after it; nobody else has to.
    this.#saveLists()
    for (const { stream } of swaps) this.#upkeep.begin(stream)
  }

  async #settle(source: Source): Promise<void> {
    const due =
      this.#isClosed || this.#recorder.owes(source) ? null : dueTask(this.#state.machines.snapshot(source))
    this.#runner.sync(source, this.#locks.isKept(source) ? due : null)
    if (!due) {
      await this.#locks.release(source)
      this.#progress.clear(source)
    }
    this.#show()
  }

  #show(): void {
    const { lists, history } = this.#state
    this.#views.update(this.#accountViews(), lists, history)
    this.#outcomes.settle(history, (source) => this.#recorder.owes(source))
  }

  #accountViews(): readonly LinkedAccountView[] {
    return accountViews({
      accounts: this.#recorder.states(),
      lists: this.#state.lists,
      history: this.#state.history,
      isLinked: (source) => this.#linked.has(source),
      decisionContext: (source) => ({
        runner: this.#locks.runner(source),
        storeIsNewer: this.#log.isNewer,
        nothingLeft: false,
      }),
    })
  }

  async #lookWhoRuns(): Promise<void> {
    for (const source of this.#linked.keys()) {
      const isUnderWay = dueTask(this.#state.machines.snapshot(source)) !== null
      if (isUnderWay && !this.#locks.isKept(source)) await this.#locks.look(source)
    }
  }

  #saveLists(): void {
    const saved = takeSnapshot(this.#state.lists, this.#order)
    this.#saver.save({ ...CONTACT_LIST_SNAPSHOT, position: this.#log.position, ...saved })
  }

  readonly #diagnose = (error: unknown) => this.#options.diagnose?.(error)
}
