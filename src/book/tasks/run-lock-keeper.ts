import { isImportFailure } from '../../domain/failures.ts'
import type { Source } from '../../domain/source.ts'
import type { DecisionContext } from '../../machines/decide-command.ts'
import type { RunLock, RunLocks } from '../../ports/run-lock.ts'

type Runner = DecisionContext['runner']

/** Looking at a lock takes it for a moment. Such a look by another process must not pass for a run. */
const SECOND_TRY_MS = 100

/** Which sources this book runs, and what it knows of the others. */
export class RunLockKeeper {
  readonly #locks: RunLocks
  readonly #taken = new Map<Source, RunLock>()
  readonly #kept = new Set<Source>()
  /** Taken for a command that is not done yet: whether the lock is kept is still open. */
  readonly #reserved = new Set<Source>()
  readonly #elsewhere = new Set<Source>()

  constructor(locks: RunLocks) {
    this.#locks = locks
  }

  /** Whether this book runs the source. */
  isKept(source: Source): boolean {
    return this.#kept.has(source)
  }

  runner(source: Source): Runner {
    return this.#kept.has(source) ? 'here' : this.#elsewhere.has(source) ? 'elsewhere' : 'nobody'
  }

  /**
   * Takes the lock, or says who has it. `nobody`: it was free, and is reserved now. Say then by `setKept` whether
   * it is kept, and end with `releaseUnkept`.
   */
  async take(source: Source): Promise<Runner> {
    let runner = await this.#try(source)
    if (runner === 'elsewhere') {
      await new Promise((resolve) => setTimeout(resolve, SECOND_TRY_MS))
      runner = await this.#try(source)
    }
    if (runner === 'nobody') this.#reserved.add(source)
    return runner
  }

  /** Whether this book runs the source from now on. For a lock that is reserved. */
  setKept(source: Source, isKept: boolean): void {
    if (isKept && this.#taken.has(source)) this.#kept.add(source)
    else this.#kept.delete(source)
  }

  /** Ends what `take` began: releases a lock that was not kept. */
  async releaseUnkept(source: Source): Promise<void> {
    this.#reserved.delete(source)
    if (!this.#kept.has(source)) await this.#release(source)
  }

  /** Releases the lock of a source that has nothing to run, unless a command still decides about it. */
  async releaseIdle(source: Source): Promise<void> {
    if (!this.#reserved.has(source)) await this.#release(source)
  }

  /** Looks who runs a source. Where locks cannot be taken (a read-only disk), no runner can be seen. */
  async look(source: Source): Promise<void> {
    if (this.#taken.has(source)) return
    try {
      await this.#try(source)
    } catch (error) {
      if (!isImportFailure(error)) throw error
    }
    await this.#release(source)
  }

  async close(): Promise<void> {
    this.#taken.clear()
    this.#kept.clear()
    await this.#locks.close()
  }

  async #release(source: Source): Promise<void> {
    const lock = this.#taken.get(source)
    this.#taken.delete(source)
    this.#kept.delete(source)
    await lock?.release()
  }

  async #try(source: Source): Promise<Runner> {
    if (this.#kept.has(source)) return 'here'
    const lock = await this.#locks.acquire(source)
    if (!lock) {
      this.#elsewhere.add(source)
      return 'elsewhere'
    }
    this.#taken.set(source, lock)
    this.#elsewhere.delete(source)
    return 'nobody'
  }
}
