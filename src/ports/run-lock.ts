/**
 * Port: lets one process or tab at a time run the task of a source. A lock is released when its holder ends, even
 * after a crash. `runLockContract` in `testing` is the contract suite.
 */
export interface RunLocks {
  /** Acquires the lock. Resolves to null immediately if it is held, even by this object. */
  acquire(name: string): Promise<RunLock | null>
  /** Releases all locks acquired through this object. */
  close(): Promise<void>
}

/** An acquired lock. */
export interface RunLock {
  release(): Promise<void>
}
