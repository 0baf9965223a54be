import type { EventStore } from './event-store.ts'
import type { RunLocks } from './run-lock.ts'

/** The medium of a book: its log and its run locks. */
export interface BookStorage {
  readonly events: EventStore
  readonly locks: RunLocks
}
