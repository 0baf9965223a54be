/**
 * Port: lets one process or tab at a time run the task of a source. A lock is released when its holder ends, even
 * after a crash. `runLockContract` in `testing` is the contract suite.
 */
export interface RunLocks {
  /** Acquires the lock. Resolves to null immediately if it is held, even by this object. */
  acquire(name: string): Promise<RunLock | null>
  /**
   * Calls the listener once, as soon as nothing holds the lock: because its holder released it or ended, or because it is
   * free already. Never during this call. The lock is not reserved: another process may acquire it before the listener
   * does. Waiting refuses no other process the lock, and does not keep a process alive.
   *
   * Returns a function that ends the wait. Closing ends it too.
   */
  whenFree(name: string, listener: () => void): () => void
  /** Releases all locks acquired through this object. */
  close(): Promise<void>
}

/** An acquired lock. */
export interface RunLock {
  release(): Promise<void>
}
