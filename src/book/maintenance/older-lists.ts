import type { Envelope } from '../../domain/events.ts'
import type { Source } from '../../domain/source.ts'

/** Which lists may be out of date, because the store lost changes that it had recorded. */
export class OlderLists {
  readonly #lostAfter: number | null
  readonly #renewed = new Set<Source>()

  /** @param lostAfter `EventStore.changesLostAfter` */
  constructor(lostAfter: number | null = null) {
    this.#lostAfter = lostAfter
  }

  /** Call it for every event. A list that was completed or removed after the loss is up to date. */
  fold({ type, stream, position }: Pick<Envelope, 'type' | 'stream' | 'position'>): void {
    if (this.#lostAfter !== null && position > this.#lostAfter && settling.includes(type))
      this.#renewed.add(stream)
  }

  mayBeOlder(source: Source): boolean {
    return this.#lostAfter !== null && !this.#renewed.has(source)
  }
}

const settling: readonly Envelope['type'][] = ['attempt.completed', 'removal.approved', 'account.signed-out']
