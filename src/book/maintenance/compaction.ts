import type { Source } from '../../domain/source.ts'
import { decideCheckpoint } from '../../machines/decide-checkpoint.ts'
import type { PayloadDrop } from '../../ports/event-store.ts'
import type { SerialQueue } from '../../async/serial-queue.ts'
import { yieldToEventLoop } from '../../async/yield-to-event-loop.ts'
import type { ContactBookOptions } from '../contact-book.ts'
import type { BookState } from '../log/book-state.ts'
import type { Log } from '../log/log.ts'
import type { Recorder } from '../log/recorder.ts'
import { expiredPayloadDrops } from './retention.ts'

/** Used if the shell sets no retention. */
const RETENTION_DAYS = 30

interface CompactionOptions extends Pick<ContactBookOptions, 'clock' | 'retentionDays'> {
  readonly queue: SerialQueue
  readonly log: Log
  readonly recorder: Recorder
  readonly state: BookState
  /** Saves the current lists. */
  readonly save: () => void
  readonly diagnose: (error: unknown) => void
}

/** Progress of the compaction of one source. */
interface Work {
  /** Position of the last page of the checkpoint. */
  last: number | null
  /** Number of finished drops. */
  dropped: number
}

/**
 * Keeps the store small after an attempt is completed: writes a checkpoint of the list if one is due, and drops
 * payloads that are no longer needed. It works in steps, so that commands and reports run in between. An
 * interruption does no harm: the next completed attempt finishes the work.
 */
export class Compaction {
  readonly #options: CompactionOptions
  readonly #work = new Map<Source, Work>()
  /** Start of the current list in each source's log, once everything obsolete before it is dropped. */
  readonly #droppedBefore = new Map<Source, number>()
  #running: Promise<void> = Promise.resolve()

  constructor(options: CompactionOptions) {
    this.#options = options
  }

  /** Call it only for an attempt that this book completed: two compactions at once would undo each other's work. */
  begin(source: Source): void {
    // Events of a later version might need payloads that look obsolete to this version.
    if (this.#options.log.isNewer) return
    this.#work.set(source, { last: null, dropped: 0 })
    this.#running = this.#running.then(() => this.#keep(source)).catch(this.#options.diagnose)
  }

  /**
   * Finishes without pauses. A new attempt waits for this, because it would end the unfinished checkpoint, and attempts in
   * quick succession would leave one obsolete list after another in the store. Call it within the queue.
   */
  async finish(source: Source): Promise<void> {
    try {
      while (await this.#step(source)) await yieldToEventLoop()
    } catch (error) {
      this.#options.diagnose(error)
    }
  }

  /** Resolves when no compaction is in progress. */
  idle(): Promise<void> {
    return this.#running
  }

  async #keep(source: Source): Promise<void> {
    const { queue, state, save } = this.#options
    const from = state.compaction[source]?.from
    while (await queue.run(() => this.#step(source))) await yieldToEventLoop()
    // The next opening would read the whole checkpoint.
    if (state.compaction[source]?.from !== from) await queue.run(async () => save())
  }

  /** Resolves to false if there was nothing to do. */
  async #step(source: Source): Promise<boolean> {
    const work = this.#work.get(source)
    if (!work) return false
    if (await this.#write(source, work)) return true
    const from = this.#options.state.compaction[source]?.from ?? 0
    if (this.#droppedBefore.get(source) === from || work.dropped >= this.#outdated(source).length) {
      this.#droppedBefore.set(source, from)
      this.#work.delete(source)
      return false
    }
    const at = work.dropped++
    await this.#options.recorder.drop(() => this.#outdated(source).slice(at, at + 1))
    return true
  }

  /** Writes the next page, unless another writer has recorded an event after our last page. */
  async #write(source: Source, work: Work): Promise<boolean> {
    const { recorder, state } = this.#options
    const { events } = await recorder.record(() => {
      const list = state.lists[source]
      const { changed, pending } = state.compaction[source] ?? { changed: 0, pending: null }
      const isOurs = work.last === null || work.last === pending?.last
      const standing = list && { ...list, changed, pending: work.last === null ? null : pending }
      const fact = standing && isOurs ? decideCheckpoint(source, standing) : null
      return { ok: true, facts: fact ? [fact] : [] }
    })
    const last = events.at(-1)?.position
    if (last !== undefined) work.last = last
    return last !== undefined
  }

  #outdated(source: Source): readonly PayloadDrop[] {
    const { state, clock, retentionDays = RETENTION_DAYS } = this.#options
    return expiredPayloadDrops(source, state, clock.now(), retentionDays)
  }
}
