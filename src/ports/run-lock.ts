/**
 * Port: lets one process or tab at a time run the task of a source. A lock ends with its holder, however that
 * ends. `runLockContract` in `testing` is the contract suite.
 */
export interface RunLocks {
  /** Takes the lock. Resolves to null at once if it is held, also by this object. */
  acquire(name: string): Promise<RunLock | null>
  /** Releases all locks taken through this object. */
  close(): Promise<void>
}

/** A lock that is held. */
export interface RunLock {
  release(): Promise<void>
}
