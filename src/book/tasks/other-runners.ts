import { isImportFailure } from '../../domain/failures.ts'
import type { Source } from '../../domain/source.ts'
import { dueTask } from '../../machines/account-state.ts'
import type { BookCore } from '../book-core.ts'
import type { Resumed } from '../contact-book.ts'
import { resumeAttempt } from './resume-attempt.ts'

interface OtherRunnersOptions extends Pick<BookCore, 'linked' | 'locks' | 'queue' | 'recorder' | 'state'> {
  /** Called when a run lock has changed, or the knowledge of it. */
  readonly reconcile: (source: Source) => Promise<void>
  /** Receives errors that no failure code explains. */
  readonly diagnose: (error: unknown) => void
}

/**
 * The processes that run attempts besides this book: finds them, notices when one ends with its attempt under way, and
 * takes that attempt over if the book resumes attempts. All calls but `close` must come from within the queue.
 */
export class OtherRunners {
  readonly #options: OtherRunnersOptions
  /** Ends the wait for the lock of a source. */
  readonly #waits = new Map<Source, () => void>()
  #resumes = false
  #isClosed = false

  constructor(options: OtherRunnersOptions) {
    this.#options = options
  }

  /** Finds out which attempts another process runs. */
  async look(): Promise<void> {
    for (const source of this.#options.linked.keys()) {
      if ((await this.#isAbandoned(source)) && this.#resumes) this.#freed(source)
    }
    this.follow()
  }

  /** Waits for the end of each process that is known to run an attempt, and of no other. */
  follow(): void {
    const { linked, locks } = this.#options
    for (const source of linked.keys()) {
      if (this.#isClosed || !this.#isUnderWay(source) || locks.runner(source) !== 'elsewhere')
        this.#stop(source)
      else if (!this.#waits.has(source))
        this.#waits.set(
          source,
          locks.whenFree(source, () => this.#freed(source)),
        )
    }
  }

  /** Takes over the attempts whose process has died, and from now on also those whose process dies later. */
  async resume(): Promise<readonly Resumed[]> {
    const { linked, recorder, reconcile } = this.#options
    this.#resumes = true
    await recorder.catchUp()
    const resumed: Resumed[] = []
    for (const source of linked.keys()) {
      const attempt = await resumeAttempt(source, this.#options)
      if (attempt === null) continue
      resumed.push(attempt)
      await reconcile(source)
    }
    return resumed
  }

  close(): void {
    this.#isClosed = true
    this.follow()
  }

  /** The process that ran a source has ended, or has finished its attempt. */
  #freed(source: Source): void {
    const { queue, recorder, reconcile, diagnose } = this.#options
    const takeOver = async () => {
      if (this.#isClosed) return
      this.#stop(source)
      try {
        await recorder.catchUp()
        if (this.#resumes) await resumeAttempt(source, this.#options)
      } finally {
        await this.#isAbandoned(source)
        await reconcile(source)
      }
    }
    queue.run(takeOver).catch((error: unknown) => {
      // What the store cannot do is said when a person asks for it.
      if (!isImportFailure(error)) diagnose(error)
    })
  }

  /** Whether no process runs the attempt under way, as far as can be found out. */
  async #isAbandoned(source: Source): Promise<boolean> {
    const { locks } = this.#options
    if (!this.#isUnderWay(source) || locks.isKept(source)) return false
    await locks.look(source)
    return locks.runner(source) === 'nobody'
  }

  #stop(source: Source): void {
    this.#waits.get(source)?.()
    this.#waits.delete(source)
  }

  /** Not if it has failed here and only the store does not know: another book may try, this one has stopped. */
  #isUnderWay(source: Source): boolean {
    const { recorder, state } = this.#options
    return dueTask(state.machines.snapshot(source)) !== null && recorder.unrecordedFailure(source) === null
  }
}
