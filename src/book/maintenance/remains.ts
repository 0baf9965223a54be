import type { Source } from '../../domain/source.ts'
import type { EventStore } from '../../ports/event-store.ts'
import type { LinkedSource } from '../../ports/linked-source.ts'
import { eventsErased, hasEventsLeft } from '../../projections/tombstones.ts'
import type { BookState } from '../log/book-state.ts'

/**
 * Whether earlier accounts have left data on the device, as last checked. Relevant only while a source is idle. Anything
 * that cannot be checked counts as left.
 */
export class Remains {
  readonly #store: EventStore
  readonly #state: BookState
  readonly #hasTokens = new Map<Source, boolean>()

  constructor(store: EventStore, state: BookState) {
    this.#store = store
    this.#state = state
  }

  /** Whether neither events of an earlier account nor tokens are left. */
  isNothingLeft(source: Source): boolean {
    return this.#hasTokens.get(source) === false && !hasEventsLeft(this.#state.tombstones, source)
  }

  /**
   * Whether an idle source has tokens, because a sign-out was interrupted or a renewal stored new ones after it. A store in
   * memory cannot tell, because it forgets that an account was linked.
   */
  hasLeftTokens(source: Source): boolean {
    return this.#store.location !== null && this.#hasTokens.get(source) === true
  }

  /** Checks again if the source is idle. Does not throw. Call it within the queue. */
  async look({ source, signIn }: LinkedSource): Promise<void> {
    this.#hasTokens.delete(source)
    if (this.#state.machines.snapshot(source).value !== 'idle') return
    try {
      this.#hasTokens.set(source, (await signIn.hasTokens?.()) ?? false)
      if (await this.#isErased(source)) this.erased(source)
    } catch {
      // Stays unknown, which counts as left.
    }
  }

  /** Call it once the events before the last sign-out are erased from the store. */
  erased(source: Source): void {
    this.#state.tombstones = eventsErased(this.#state.tombstones, source)
  }

  /** Whether the process that signed out has erased the events by now. It does not notify other processes. */
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
