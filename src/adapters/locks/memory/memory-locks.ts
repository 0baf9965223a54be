import type { RunLock, RunLocks } from '../../../ports/run-lock.ts'

/** The locks of one device. */
export class MemoryLockTable {
  readonly taken = new Set<string>()
  /** Called after each release. */
  readonly waiting = new Set<() => void>()
}

/** Run locks within one process. Instances that share a table exclude each other. */
export const memoryLocks = ({ taken, waiting }: MemoryLockTable = new MemoryLockTable()): RunLocks => {
  const mine = new Set<RunLock>()
  const waits = new Set<() => void>()
  let isClosed = false
  return {
    acquire: async (name) => {
      if (taken.has(name)) return null
      taken.add(name)
      const lock: RunLock = {
        release: async () => {
          if (!mine.delete(lock)) return
          taken.delete(name)
          for (const look of waiting) look()
        },
      }
      mine.add(lock)
      return lock
    },
    whenFree: (name, listener) => {
      const stop = () => {
        waiting.delete(later)
        waits.delete(stop)
      }
      const look = () => {
        if (!waiting.has(later) || taken.has(name)) return
        stop()
        listener()
      }
      const later = () => queueMicrotask(look)
      if (isClosed) return stop
      waiting.add(later)
      waits.add(stop)
      later()
      return stop
    },
    close: async () => {
      isClosed = true
      for (const stop of waits) stop()
      await Promise.all([...mine].map(async (lock) => lock.release()))
    },
  }
}
