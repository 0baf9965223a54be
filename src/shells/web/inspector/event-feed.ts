import { yieldToEventLoop } from '../../../async/yield-to-event-loop.ts'
import type { ContactsClient } from '../../../index.ts'
import type { Subscription } from '../base/contacts-element.ts'
import type { Replay, Replayed } from './replay.ts'

/** Events that are replayed in one turn of the event loop. */
const SLICE = 100

/** What a book recorded, and what it records from then on. The code that replays it is loaded when it is first used. */
export class EventFeed {
  readonly client: ContactsClient
  readonly #changed: () => void
  #replay: Replay | null = null
  #after = 0
  #isReading = false
  /** `failed`: the next event tries again. */
  status: 'reading' | 'ready' | 'failed' = 'reading'

  constructor(client: ContactsClient, changed: () => void) {
    this.client = client
    this.#changed = changed
  }

  /** Oldest first. Another array after each change. */
  get events(): readonly Replayed[] {
    return this.#replay?.events ?? []
  }

  /** How many earlier events are not in `events`. */
  get dropped(): number {
    return this.#replay?.dropped ?? 0
  }

  follow(): Subscription {
    return this.client.position.subscribe(() => void this.#read())
  }

  async #read(): Promise<void> {
    if (this.#isReading) return
    this.#isReading = true
    try {
      const { Replay } = await import('./replay.ts')
      this.#replay ??= new Replay()
      for (let end = this.#end(); this.#after < end; end = this.#end()) {
        const envelopes = await this.client.events(this.#after, end)
        // None: a later version recorded what this one does not understand.
        if (envelopes.length === 0) this.#after = end
        for (let at = 0; at < envelopes.length; at += SLICE) {
          if (at > 0) await yieldToEventLoop()
          const slice = envelopes.slice(at, at + SLICE)
          this.#replay.add(slice)
          this.#after = slice.at(-1)?.position ?? end
        }
        this.#changed()
      }
      this.status = 'ready'
    } catch {
      this.status = 'failed'
    }
    this.#isReading = false
    this.#changed()
  }

  #end(): number {
    return this.client.position.get()
  }
}
