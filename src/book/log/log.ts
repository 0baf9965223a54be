import type { Fact, RecordedEvent } from '../../domain/events.ts'
import type { Clock } from '../../ports/clock.ts'
import type { EventStore, PayloadDrop } from '../../ports/event-store.ts'
import { fromStored, isFromTheFuture, toStored } from './event-codec.ts'

interface ReadOnOptions {
  readonly payloads: boolean
  /** The last position wanted. */
  readonly upTo?: number
}

/** The store's log, as far as this book has read it. Checks the events it reads and stamps those it appends. */
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

  /** Position of the last event read or appended. */
  get position(): number {
    return this.#position
  }

  /** Whether the log has events that only a newer version understands: then nothing may be appended. */
  get isNewer(): boolean {
    return this.#isNewer
  }

  /** Reads and checks the events after the position. Skips those that only a newer version understands. */
  async *readOn({ payloads, upTo = Infinity }: ReadOnOptions): AsyncGenerator<RecordedEvent> {
    for await (const stored of this.#store.read(this.#position, { payloads })) {
      if (stored.position > upTo) return
      this.#position = stored.position
      if (isFromTheFuture(stored)) this.#isNewer = true
      else yield fromStored(stored)
    }
  }

  /** Reads all of them, with payloads. If the log cannot be read to its end, the position does not change. */
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

  /** Appends durably and returns the events. Throws `PositionConflict` where another writer appended first. */
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
