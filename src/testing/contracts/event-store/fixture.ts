import type { EventStore } from '../../../ports/event-store.ts'

/** One log in a separate medium, created for each test of the contract. */
export interface EventStoreFixture {
  /**
   * Opens the log. Each store behaves as if another process or tab held it: what one appends, the others and
   * every later one can read.
   */
  open(): Promise<EventStore>
  /** Removes the medium. All stores are closed by then. */
  dispose(): Promise<void>
}
