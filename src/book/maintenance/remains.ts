import type { Source } from '../../domain/source.ts'
import type { EventStore } from '../../ports/event-store.ts'
import type { LinkedSource } from '../../ports/linked-source.ts'
import { eventsErased, hasEventsLeft } from '../../projections/tombstones.ts'
import type { BookState } from '../log/book-state.ts'

/**
 * What accounts of earlier sign-ins have left on the device, as last seen. It counts only where a source is
 * idle. What is unknown may be left.
 */
export class Remains {
  readonly #store: EventStore
  readonly #state: BookState
  readonly #hasTokens = new Map<Source, boolean>()

  constructor(store: EventStore, state: BookState) {
    this.#store = store
    this.#state = state
  }

  /** Whether neither an event of an earlier account nor a token is left. */
  isNothingLeft(source: Source): boolean {
    return this.#hasTokens.get(source) === false && !hasEventsLeft(this.#state.tombstones, source)
  }

  /** Looks again, where the source is idle. Does not throw. To be called within the queue. */
  async look({ source, signIn }: LinkedSource): Promise<void> {
    this.#hasTokens.delete(source)
    if (this.#state.machines.snapshot(source).value !== 'idle') return
    try {
      this.#hasTokens.set(source, (await signIn.hasTokens?.()) ?? false)
      if (await this.#isErased(source)) this.erased(source)
    } catch {
      // Unknown: what cannot be looked at may be left.
    }
  }

  /** The events before the last sign-out are gone from the store. */
  erased(source: Source): void {
    this.#state.tombstones = eventsErased(this.#state.tombstones, source)
  }

  /** Whether the process that signed out has erased the events by now: it tells no other. */
  async #isErased(source: Source): Promise<boolean> {
    const last = this.#state.tombstones.last[source]
    if (!last || last.before === 0) return false
    for await (const { stream, position } of this.#store.read(0, { payloads: false })) {
      if (position >= last.position) return true
      if (stream === source) return false
    }
    return true
  }
}
