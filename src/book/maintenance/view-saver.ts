import { isImportFailure } from '../../domain/failures.ts'
import type { EventStore, SavedView } from '../../ports/event-store.ts'
import { yieldToEventLoop } from '../../async/yield-to-event-loop.ts'

/**
 * Saves views for the next start, one at a time and outside the queue. Of the views that arrive while it is saving,
 * it keeps only the newest.
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
    // Let callers that wait for the event that led to this view continue first.
    await yieldToEventLoop()
    for (let view = this.#take(); view; view = this.#take())
      await this.#store.saveView(view).catch(this.#noteFailure)
    this.#saving = null
  }

  readonly #noteFailure = (error: unknown) => {
    // A sign-out has destroyed the key in the meantime: the view is of a list that is gone.
    if (!isImportFailure(error) || error.code !== 'storage-locked') this.#diagnose(error)
  }

  #take(): SavedView | null {
    const view = this.#next
    this.#next = null
    return view
  }
}
