import type { Person } from '../people.ts'
import type { Settings } from '../settings.ts'
import { graphErrors } from './graph-error.ts'

/** Limits the concurrent requests of one mailbox (Graph throttling limits: Outlook, 4 requests). */
export class Fence {
  readonly #settings: Settings
  readonly #inside = new Map<string, number>()

  constructor(settings: Settings) {
    this.#settings = settings
  }

  /** Throws Graph's 429 if the limit is reached. Returns a function to call once when the request ends. */
  enter(person: Person): () => void {
    const { concurrencyRetryAfter } = this.#settings.current
    const { leave, admitted } = this.enterTogether(person, 1)
    if (admitted === 0) throw graphErrors.concurrency(concurrencyRetryAfter)
    return leave
  }

  /** Admits as many parallel requests (parts of a batch) as the limit allows. */
  enterTogether({ objectId }: Person, wanted: number): { admitted: number; leave: () => void } {
    const { concurrency } = this.#settings.current
    const inside = this.#inside.get(objectId) ?? 0
    const admitted = Math.min(wanted, Math.max(0, (concurrency ?? Infinity) - inside))
    this.#inside.set(objectId, inside + admitted)
    const leave = () => {
      this.#inside.set(objectId, (this.#inside.get(objectId) ?? admitted) - admitted)
    }
    return { admitted, leave }
  }
}
