import type { RecordedEvent } from '../../domain/events.ts'
import type { Source } from '../../domain/source.ts'
import { takeSnapshot } from '../../projections/contact-list-snapshot.ts'
import type { DisplayOrder } from '../../projections/display-order.ts'
import { encryptedView } from '../log/encrypted-snapshot.ts'
import type { BookCore } from '../book-core.ts'
import { Compaction } from './compaction.ts'
import { Consolidation } from './consolidation.ts'
import { ViewSaver } from './view-saver.ts'

/** The work after a new list is written: saves it for the next start, and keeps the store small. */
export class Maintenance {
  readonly #core: BookCore
  readonly #order: DisplayOrder
  readonly #compaction: Compaction
  readonly #saver: ViewSaver
  readonly #consolidation: Consolidation

  constructor(core: BookCore, order: DisplayOrder, diagnose: (error: unknown) => void) {
    const { options } = core
    this.#core = core
    this.#order = order
    this.#saver = new ViewSaver(options.store.events, diagnose)
    this.#consolidation = new Consolidation(options.store.events, diagnose)
    this.#compaction = new Compaction({ ...options, ...core, save: () => this.#saveLists(), diagnose })
  }

  /** After an append of this book. */
  begin(events: readonly RecordedEvent[]): void {
    const swaps = events.filter(({ type }) => type === 'attempt.completed' || type === 'removal.approved')
    if (swaps.length === 0) return
    this.#saveLists()
    for (const { stream } of swaps) this.#compaction.begin(stream)
    this.#consolidation.begin(() => this.#written())
  }

  /** Finishes the compaction of a source, because a new attempt would end it. Call it within the queue. */
  finishCompaction(source: Source): Promise<void> {
    return this.#compaction.finish(source)
  }

  /** Resolves when no maintenance is in progress. */
  async idle(): Promise<void> {
    await this.#consolidation.idle()
    await this.#written()
  }

  async #written(): Promise<void> {
    await this.#compaction.idle()
    await this.#saver.idle()
  }

  #saveLists(): void {
    const { keys, log, state } = this.#core
    const snapshot = takeSnapshot(state.lists, this.#order, (source) => log.linking(source))
    if (snapshot) this.#saver.save(encryptedView(snapshot, log.position, keys))
  }
}
