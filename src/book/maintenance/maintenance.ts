import type { RecordedEvent } from '../../domain/events.ts'
import type { Source } from '../../domain/source.ts'
import { takeSnapshot } from '../../projections/contact-list-snapshot.ts'
import type { DisplayOrder } from '../../projections/display-order.ts'
import { encryptedView } from '../log/encrypted-snapshot.ts'
import type { BookCore } from '../book-core.ts'
import { loadOnUse } from '../load-on-use.ts'
import type { Compaction } from './compaction.ts'
import { Consolidation } from './consolidation.ts'
import { ViewSaver } from './view-saver.ts'

/** The work after a new list is written: saves it for the next start, and keeps the store small. */
export class Maintenance {
  readonly #core: BookCore
  readonly #order: DisplayOrder
  readonly #diagnose: (error: unknown) => void
  /** Null until a list is completed here: a page that only shows contacts does not load its code. */
  #compaction: Compaction | null = null
  #loading: Promise<void> = Promise.resolve()
  readonly #saver: ViewSaver
  readonly #consolidation: Consolidation

  constructor(core: BookCore, order: DisplayOrder, diagnose: (error: unknown) => void) {
    const { options } = core
    this.#core = core
    this.#order = order
    this.#saver = new ViewSaver(options.store.events, diagnose)
    this.#consolidation = new Consolidation(options.store.events, diagnose)
    this.#diagnose = diagnose
  }

  /** After an append of this book. */
  begin(events: readonly RecordedEvent[]): void {
    const swaps = events.filter(({ type }) => type === 'attempt.completed' || type === 'removal.approved')
    if (swaps.length === 0) return
    this.#saveLists()
    this.#loading = this.#loading.then(() => this.#compact(swaps.map(({ stream }) => stream)))
    this.#consolidation.begin(() => this.#written())
  }

  /** Finishes the compaction of a source, because a new attempt would end it. Call it within the queue. */
  async finishCompaction(source: Source): Promise<void> {
    await this.#compaction?.finish(source)
  }

  /** Resolves when no maintenance is in progress. */
  async idle(): Promise<void> {
    await this.#consolidation.idle()
    await this.#written()
  }

  async #written(): Promise<void> {
    await this.#loading
    await this.#compaction?.idle()
    await this.#saver.idle()
  }

  /** If its code cannot be loaded, the store only stays larger: the next completed list is compacted again. */
  async #compact(sources: readonly Source[]): Promise<void> {
    try {
      this.#compaction ??= await this.#load()
      for (const source of sources) this.#compaction.begin(source)
    } catch (error) {
      this.#diagnose(error)
    }
  }

  async #load(): Promise<Compaction> {
    const { options } = this.#core
    const { Compaction } = await loadOnUse(() => import('./compaction.ts'))
    const save = () => this.#saveLists()
    return new Compaction({ ...options, ...this.#core, save, diagnose: this.#diagnose })
  }

  #saveLists(): void {
    const { keys, log, state } = this.#core
    const snapshot = takeSnapshot(state.lists, this.#order, (source) => log.linking(source))
    if (snapshot) this.#saver.save(encryptedView(snapshot, log.position, keys))
  }
}
