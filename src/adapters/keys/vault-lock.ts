import { setTimeout as sleep } from 'node:timers/promises'
import { KeyVaultUnavailable } from '../../ports/key-vault.ts'
import type { RunLock, RunLocks } from '../../ports/run-lock.ts'

/** In ms. Several other processes may wait for their key ring one after another, each up to five seconds. */
const PATIENCE_MS = 30_000
const PAUSE_MS = 20

/**
 * Does work while no other process does any. Throws `KeyVaultUnavailable` if the lock is not free in time or cannot
 * be created.
 *
 * @param patience in ms
 */
export const underLock = async <T>(
  locks: Pick<RunLocks, 'acquire'>,
  work: () => Promise<T>,
  patience = PATIENCE_MS,
): Promise<T> => {
  const lock = await acquired(locks, patience)
  try {
    return await work()
  } finally {
    await lock.release()
  }
}

const acquired = async (locks: Pick<RunLocks, 'acquire'>, patience: number): Promise<RunLock> => {
  const end = performance.now() + patience
  do {
    const lock = await locks.acquire('keys').catch((error: unknown) => {
      throw new KeyVaultUnavailable('The folder of keys cannot be locked.', { cause: error })
    })
    if (lock !== null) return lock
    await sleep(PAUSE_MS)
  } while (performance.now() < end)
  throw new KeyVaultUnavailable('Another process holds the keys.')
}
