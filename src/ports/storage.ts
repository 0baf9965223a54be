import type { EventStore } from './event-store.ts'
import type { RunLocks } from './run-lock.ts'

/** Where a book lives: its log, and the locks that let one process at a time run a task on it. */
export interface BookStorage {
  readonly events: EventStore
  readonly locks: RunLocks
}
