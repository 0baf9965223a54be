import { yieldToEventLoop } from '../../async/yield-to-event-loop.ts'
import type { EventStore } from '../../ports/event-store.ts'

/**
 * Consolidates the store after a list is completed: immediately, and again when the maintenance that follows has finished
 * writing. It runs outside the queue, so that commands and reports do not wait for it.
 */
export class Consolidation {
  readonly #store: EventStore
  readonly #diagnose: (error: unknown) => void
  #running: Promise<void> = Promise.resolve()

  constructor(store: EventStore, diagnose: (error: unknown) => void) {
    this.#store = store
    this.#diagnose = diagnose
  }

  /** @param idle resolves when the maintenance is finished */
  begin(idle: () => Promise<void>): void {
    this.#running = this.#running.then(async () => {
      // Let callers that wait for the completed list continue first.
      await yieldToEventLoop()
      await this.#consolidate()
      await idle()
      await this.#consolidate()
    })
  }

  /** Resolves when nothing is being consolidated. */
  idle(): Promise<void> {
    return this.#running
  }

  /** A failure loses no data: it stays readable where it is, and the next consolidation moves it. */
  async #consolidate(): Promise<void> {
    await this.#store.consolidate?.().catch(this.#diagnose)
  }
}
