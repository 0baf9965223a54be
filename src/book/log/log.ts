import type { Fact, RecordedEvent } from '../../domain/events.ts'
import type { Clock } from '../../ports/clock.ts'
import type { EventStore, PayloadDrop } from '../../ports/event-store.ts'
import { fromStored, isFromTheFuture, toStored } from './event-codec.ts'

interface ReadOnOptions {
  readonly payloads: boolean
  /** The last position wanted. */
  readonly upTo?: number
}

/** The store's log as this book has read it so far: checked events, stamped appends. */
export class Log {
  readonly #store: EventStore
  readonly #clock: Clock
  #position = 0
  #isNewer: boolean

  constructor(store: EventStore, clock: Clock) {
    this.#store = store
    this.#clock = clock
    this.#isNewer = store.newer
  }

  /** Of the last event read or appended. */
  get position(): number {
    return this.#position
  }

  /** Whether events were met that only a newer version understands: nothing may be appended then. */
  get isNewer(): boolean {
    return this.#isNewer
  }

  /** Everything after the position, checked. Events from the future are passed over. */
  async *readOn({ payloads, upTo = Infinity }: ReadOnOptions): AsyncGenerator<RecordedEvent> {
    for await (const stored of this.#store.read(this.#position, { payloads })) {
      if (stored.position > upTo) return
      this.#position = stored.position
      if (isFromTheFuture(stored)) this.#isNewer = true
      else yield fromStored(stored)
    }
  }

  /** The same at once: where it cannot be read to its end, nothing of it was read. */
  async readRest(): Promise<readonly RecordedEvent[]> {
    const from = this.#position
    const events: RecordedEvent[] = []
    try {
      for await (const event of this.readOn({ payloads: true })) events.push(event)
    } catch (error) {
      this.#position = from
      throw error
    }
    return events
  }

  /** Appends durably and returns what was recorded. Throws `PositionConflict` where somebody was first. */
  async append(facts: readonly Fact[], drop: readonly PayloadDrop[]): Promise<readonly RecordedEvent[]> {
    const time = this.#clock.now().toISOString()
    const expected = this.#position
    const events = facts.map((fact) => toStored(fact, this.#clock.newId(), time))
    this.#position = await this.#store.append(expected, events, drop)
    return events.map(
      (event, index) =>
        ({ ...event, payload: event.payload ?? null, position: expected + index + 1 }) as RecordedEvent,
    )
  }
}
