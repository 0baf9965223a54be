import type { EventStore, SavedView } from '../../ports/event-store.ts'
import { yieldToEventLoop } from '../../async/yield-to-event-loop.ts'

/**
 * Saves the lists for the next start, one view at a time and beside all else that goes on. Of those that come
 * meanwhile only the newest is saved.
 */
export class ViewSaver {
  readonly #store: EventStore
  readonly #diagnose: (error: unknown) => void
  #next: SavedView | null = null
  #saving: Promise<void> | null = null

  constructor(store: EventStore, diagnose: (error: unknown) => void) {
    this.#store = store
    this.#diagnose = diagnose
  }

  save(view: SavedView): void {
    this.#next = view
    this.#saving ??= this.#saveAll()
  }

  /** Resolves when nothing is being saved. */
  async idle(): Promise<void> {
    while (this.#saving) await this.#saving
  }

  async #saveAll(): Promise<void> {
    // Whoever waits for the event that calls for it comes first.
    await yieldToEventLoop()
    for (let view = this.#take(); view; view = this.#take())
      await this.#store.saveView(view).catch(this.#diagnose)
    this.#saving = null
  }

  #take(): SavedView | null {
    const view = this.#next
    this.#next = null
    return view
  }
}
