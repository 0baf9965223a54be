/**
 * Port: only one process or tab runs the task of a source. A lock dies with its holder, however that ends.
 * The contract suite is `runLockContract` in `testing`.
 */
export interface RunLocks {
  /** Takes the lock at once or answers null where somebody holds it, be it this very object. Never waits. */
  acquire(name: string): Promise<RunLock | null>
  /** Releases all locks taken through this object. */
  close(): Promise<void>
}

export interface RunLock {
  release(): Promise<void>
}
