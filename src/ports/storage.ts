import type { EventStore } from './event-store.ts'
import type { KeyVault } from './key-vault.ts'
import type { RunLocks } from './run-lock.ts'

/** The medium of a book: its log, its run locks, and the keys with which the log is encrypted. */
export interface BookStorage {
  readonly events: EventStore
  readonly locks: RunLocks
  readonly keys: KeyVault
}
