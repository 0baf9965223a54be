import { isImportFailure } from '../../domain/failures.ts'
import type { Source } from '../../domain/source.ts'
import type { DecisionContext } from '../../machines/decide-command.ts'
import type { RunLock, RunLocks } from '../../ports/run-lock.ts'

type Runner = DecisionContext['runner']

/** A look at a lock holds it for a moment; somebody else's look must not be taken for a run. */
const SECOND_TRY_MS = 100

/** Which sources this book runs, and what is known of the others. */
export class RunLockKeeper {
  readonly #locks: RunLocks
  readonly #taken = new Map<Source, RunLock>()
  readonly #kept = new Set<Source>()
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

  /** Takes the lock, or says who has it. `nobody`: it was free, and is taken now: keep or release it. */
  async take(source: Source): Promise<Runner> {
    const runner = await this.#try(source)
    if (runner !== 'elsewhere') return runner
    await new Promise((resolve) => setTimeout(resolve, SECOND_TRY_MS))
    return this.#try(source)
  }

  /** From now on this book runs the source. */
  keep(source: Source): void {
    if (this.#taken.has(source)) this.#kept.add(source)
  }

  /** Lets go of a lock that was taken and not kept. */
  async releaseUnkept(source: Source): Promise<void> {
    if (!this.#kept.has(source)) await this.release(source)
  }

  /** Looks who runs a source. Nobody can be seen where locks cannot be taken: a read-only disk is still read. */
  async look(source: Source): Promise<void> {
    try {
      await this.#try(source)
    } catch (error) {
      if (!isImportFailure(error)) throw error
    }
    await this.releaseUnkept(source)
  }

  async release(source: Source): Promise<void> {
    const lock = this.#taken.get(source)
    this.#taken.delete(source)
    this.#kept.delete(source)
    await lock?.release()
  }

  async close(): Promise<void> {
    this.#taken.clear()
    this.#kept.clear()
    await this.#locks.close()
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
