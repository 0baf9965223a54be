import { setTimeout as timeout } from 'node:timers/promises'
import type { RunLock, RunLocks } from '../../../ports/run-lock.ts'

/** How processes take turns at the tokens. */
export interface TokenLockOptions {
  /** Locks that all processes with the same token file share. Null or absent: this is the only process. */
  readonly locks?: Pick<RunLocks, 'acquire'> | null
  /** Waits between two tries, in ms. Default: that time. */
  readonly wait?: (ms: number) => Promise<unknown>
}

/** Runs work while no other process runs any. `isAlone` is false if the lock could not be acquired. */
export type WithTokenLock = <T>(work: (isAlone: boolean) => Promise<T>) => Promise<T>

/** The name of the lock. */
export const TOKEN_LOCK = 'tokens'

/** In ms; doubled each time, up to the longest. */
const FIRST_PAUSE = 5
const LONGEST_PAUSE = 20

/**
 * How long to wait for another process, in ms. A living one holds the lock for some milliseconds, or for seconds if its
 * vault or a virus scanner is slow; one that was stopped holds it until it continues.
 */
const LIMIT = 5_000

/**
 * A lock between processes that ends with its holder. If it cannot be acquired in time, or not at all (the folder
 * cannot be written), the work runs without it: a sign-out must not wait forever, and renewed tokens must not be
 * lost. If two processes then interfere with each other, the book repairs that when it learns of the sign-out or is
 * opened again.
 */
export const tokenLock = ({ locks = null, wait = timeout }: TokenLockOptions): WithTokenLock => {
  const acquired = async (): Promise<RunLock | null> => {
    if (locks === null) return null
    for (let waited = 0, pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      const lock = await locks.acquire(TOKEN_LOCK).catch(() => undefined)
      if (lock === undefined) return null
      if (lock !== null || waited >= LIMIT) return lock
      await wait(pause)
      waited += pause
    }
  }

  return async (work) => {
    const lock = await acquired()
    try {
      return await work(locks === null || lock !== null)
    } finally {
      await lock?.release()
    }
  }
}
