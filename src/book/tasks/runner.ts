import { ImportFailure, isImportFailure } from '../../domain/failures.ts'
import type { SignInReport, SourceReport } from '../../domain/reports.ts'
import type { Source } from '../../domain/source.ts'
import type { DueTask } from '../../machines/account-state.ts'
import type { FetchProgress, FetchRequest } from '../../ports/contact-source.ts'
import type { LinkedSource } from '../../ports/linked-source.ts'
import type { ReportAnswer, SignInProgress } from '../../ports/sign-in.ts'
import { yieldToEventLoop } from '../../async/yield-to-event-loop.ts'

/** The part of the book that the runner needs. */
export interface TaskHost {
  /** Called when the task of an attempt starts. */
  begin(source: Source, attempt: string): void
  report(source: Source, attempt: string, report: SourceReport | SignInReport): Promise<ReportAnswer>
  fail(source: Source, attempt: string, failure: ImportFailure): Promise<void>
  progress(source: Source, attempt: string, progress: SignInProgress | FetchProgress): void
  /** The cursors of a fetch: where it continues, and since when it asks for changes. */
  cursors(source: Source): Omit<FetchRequest, 'attempt'>
  /** Whether the next sign-in must let the person choose another account. */
  choosesAccount(source: Source): boolean
  /** Receives errors that no failure code explains. */
  diagnose(error: unknown): void
}

interface Running {
  readonly task: DueTask
  readonly abort: AbortController
  /** Dispatches `online` when the person wants to try again now. */
  readonly retryNow: EventTarget
  readonly ended: Promise<void>
}

/** Runs the task that a state calls for, at most one per source, and aborts it when the state no longer does. */
export class TaskRunner {
  readonly #sources: ReadonlyMap<Source, LinkedSource>
  readonly #host: TaskHost
  readonly #running = new Map<Source, Running>()

  constructor(sources: ReadonlyMap<Source, LinkedSource>, host: TaskHost) {
    this.#sources = sources
    this.#host = host
  }

  /** Starts the due task, unless it runs; aborts any other. */
  sync(source: Source, due: DueTask | null): void {
    const running = this.#running.get(source)
    if (running?.task.attempt === due?.attempt && running?.task.type === due?.type) return
    // A granted sign-in must still answer its tab, so it is aborted only when its attempt ends.
    if (running && running.task.attempt !== due?.attempt) running.abort.abort()
    const linked = this.#sources.get(source)
    if (due && linked) this.#start(linked, due)
    else this.#running.delete(source)
  }

  /** Stops a task immediately, before anything is recorded. */
  abort(source: Source): void {
    this.#running.get(source)?.abort.abort()
    this.#running.delete(source)
  }

  /** Tells the running task that the person wants to try again now. False if none runs here. */
  retryNow(source: Source): boolean {
    return this.#running.get(source)?.retryNow.dispatchEvent(new Event('online')) ?? false
  }

  /** Aborts all tasks and waits until they have ended. */
  async close(): Promise<void> {
    const running = [...this.#running]
    for (const [source] of running) this.abort(source)
    await Promise.all(running.map(([, { ended }]) => ended))
  }

  #start(linked: LinkedSource, task: DueTask): void {
    const { source } = linked
    this.#host.begin(source, task.attempt)
    const abort = new AbortController()
    const retryNow = new EventTarget()
    const run =
      task.type === 'signIn'
        ? this.#signIn(linked, task, abort.signal)
        : this.#fetch(linked, task, abort.signal, retryNow)
    const ended = run.catch(async (error: unknown) => {
      if (abort.signal.aborted) return
      if (!isImportFailure(error)) this.#host.diagnose(error)
      const failure = isImportFailure(error) ? error : new ImportFailure('internal', {}, error)
      await this.#host.fail(source, task.attempt, failure)
    })
    this.#running.set(source, { task, abort, retryNow, ended })
  }

  async #signIn({ source, signIn }: LinkedSource, { attempt }: DueTask, signal: AbortSignal): Promise<void> {
    const answers: ReportAnswer[] = []
    await signIn.signIn(
      { attempt, ...(this.#host.choosesAccount(source) && { chooseAccount: true }) },
      {
        signal,
        progress: (progress) => this.#host.progress(source, attempt, progress),
        report: async (report) => {
          const answer = await this.#host.report(source, attempt, report)
          if (report.type === 'consent.granted' || !answer.accepted) answers.push(answer)
          return answer
        },
      },
    )
    if (answers.length === 0 && !signal.aborted) throw new Error('the sign-in ended without an outcome')
  }

  async #fetch(
    linked: LinkedSource,
    { attempt }: DueTask,
    signal: AbortSignal,
    retryNow: EventTarget,
  ): Promise<void> {
    const { source, signIn, contacts } = linked
    const account = await signIn.access?.()
    if (account && !(await this.#host.report(source, attempt, { type: 'access.found', account })).accepted)
      return
    const request = { attempt, ...this.#host.cursors(source) }
    const progress = (progress: FetchProgress) => this.#host.progress(source, attempt, progress)
    let isFinished = false
    for await (const report of contacts.fetch(request, { signal, progress, retryNow })) {
      // Reading a page and recording it both block the event loop. Let a cancel run in between.
      await yieldToEventLoop()
      const { accepted } = await this.#host.report(source, attempt, report)
      if (!accepted) return
      isFinished = report.type === 'listing.finished'
    }
    if (!isFinished && !signal.aborted) throw new Error('the listing ended without an outcome')
  }
}
