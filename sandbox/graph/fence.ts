import type { Person } from '../people.ts'
import type { Settings } from '../settings.ts'
import { graphErrors } from './graph-error.ts'

/** Lets only so many requests of one mailbox in at a time (Graph throttling limits: Outlook, 4 requests). */
export class Fence {
  readonly #settings: Settings
  readonly #inside = new Map<string, number>()

  constructor(settings: Settings) {
    this.#settings = settings
  }

  /** Throws Graph's 429 where it is full; else returns the way out, to be called once. */
  enter({ objectId }: Person): () => void {
    const { concurrency, concurrencyRetryAfter } = this.#settings.current
    const inside = this.#inside.get(objectId) ?? 0
    if (concurrency !== null && inside >= concurrency) throw graphErrors.concurrency(concurrencyRetryAfter)
    this.#inside.set(objectId, inside + 1)
    return () => {
      this.#inside.set(objectId, (this.#inside.get(objectId) ?? 1) - 1)
    }
  }
}
