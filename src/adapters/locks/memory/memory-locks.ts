import type { RunLock, RunLocks } from '../../../ports/run-lock.ts'

/** Run locks within one process. Instances that share a set exclude each other. */
export const memoryLocks = (taken: Set<string> = new Set()): RunLocks => {
  const mine = new Set<RunLock>()
  return {
    acquire: async (name) => {
      if (taken.has(name)) return null
      taken.add(name)
      const lock: RunLock = {
        release: async () => {
          if (mine.delete(lock)) taken.delete(name)
        },
      }
      mine.add(lock)
      return lock
    },
    close: async () => {
      await Promise.all([...mine].map(async (lock) => lock.release()))
    },
  }
}
