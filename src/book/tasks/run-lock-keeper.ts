import { isImportFailure } from '../../domain/failures.ts'
import type { Source } from '../../domain/source.ts'
import type { DecisionContext } from '../../machines/decide-command.ts'
import type { RunLock, RunLocks } from '../../ports/run-lock.ts'

type Runner = DecisionContext['runner']

/** Checking a lock acquires it for a moment. Such a check by another process must not look like a running task. */
const SECOND_TRY_MS = 100

/** The run locks that this book holds, and what it knows about those of other processes. */
export class RunLockKeeper {
  readonly #locks: RunLocks
  readonly #taken = new Map<Source, RunLock>()
  readonly #kept = new Set<Source>()
  /** Locks acquired for a command that is not decided yet. They may still be released. */
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
   * Acquires the lock, or resolves to who holds it. `nobody`: it was free and is reserved now. Then call `setKept`
   * to say whether it is kept, and finally `releaseUnkept`.
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

  /** Sets whether this book runs the source from now on. Call it for a reserved lock. */
  setKept(source: Source, isKept: boolean): void {
    if (isKept && this.#taken.has(source)) this.#kept.add(source)
    else this.#kept.delete(source)
  }

  /** Ends the reservation by `take`: releases the lock if it is not kept. */
  async releaseUnkept(source: Source): Promise<void> {
    this.#reserved.delete(source)
    if (!this.#kept.has(source)) await this.#release(source)
  }

  /** Releases the lock of a source without a task, unless it is reserved for a command. */
  async releaseIdle(source: Source): Promise<void> {
    if (!this.#reserved.has(source)) await this.#release(source)
  }

  /** Checks who runs a source. If locks cannot be acquired (read-only disk), a runner cannot be detected. */
  async look(source: Source): Promise<void> {
    if (this.#taken.has(source)) return
    try {
      await this.#try(source)
    } catch (error) {
      if (!isImportFailure(error)) throw error
    }
    await this.#release(source)
  }

  /** Calls the listener once no process runs the source: see `RunLocks.whenFree`. */
  whenFree(source: Source, listener: () => void): () => void {
    return this.#locks.whenFree(source, listener)
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
