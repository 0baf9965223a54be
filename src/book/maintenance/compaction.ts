import type { Source } from '../../domain/source.ts'
import { decideCheckpoint } from '../../machines/decide-checkpoint.ts'
import type { PayloadDrop } from '../../ports/event-store.ts'
import { yieldToEventLoop } from '../../async/yield-to-event-loop.ts'
import type { Log } from '../log/log.ts'
import type { ContactBookOptions } from '../options.ts'
import { outdatedPayloadDrops } from './retention.ts'
import type { Recorder } from '../log/recorder.ts'
import type { SerialQueue } from '../../async/serial-queue.ts'
import type { BookState } from '../log/book-state.ts'

/** How long the history can go back, where nothing else is wanted. */
const RETENTION_DAYS = 30

interface CompactionOptions extends Pick<ContactBookOptions, 'clock' | 'retentionDays'> {
  readonly queue: SerialQueue
  readonly log: Log
  readonly recorder: Recorder
  readonly state: BookState
  /** Saves the lists as they stand now. */
  readonly save: () => Promise<void>
  readonly diagnose: (error: unknown) => void
}

/** What is left to do for one source. */
interface Work {
  /** Position of the last page that was written. */
  last: number | null
  /** Drops that are done. */
  dropped: number
}

/**
 * Keeps the store small after an attempt was completed: writes the list anew where a checkpoint is due, and
 * drops what nobody needs any more. All of it in steps that let commands and reports go between them. What is
 * broken off does no harm, and is made up for after the next attempt.
 */
export class Compaction {
  readonly #options: CompactionOptions
  readonly #work = new Map<Source, Work>()
  /** What was all dropped, as the position that it was recorded before. */
  readonly #droppedBefore = new Map<Source, number>()
  #running: Promise<void> = Promise.resolve()

  constructor(options: CompactionOptions) {
    this.#options = options
  }

  /** After an attempt that this book completed: of two books that do the same, each would undo the other's. */
  begin(source: Source): void {
    // What a later version has recorded might need what this one takes for needless.
    if (this.#options.log.isNewer) return
    this.#work.set(source, { last: null, dropped: 0 })
    this.#running = this.#running.then(() => this.#keep(source)).catch(this.#options.diagnose)
  }

  /**
   * Does at once what is left. A new attempt has to wait for that: it would end a checkpoint, and attempts in
   * quick succession would leave one list after the other behind. To be called within the queue.
   */
  async finish(source: Source): Promise<void> {
    try {
      while (await this.#step(source)) await yieldToEventLoop()
    } catch (error) {
      this.#options.diagnose(error)
    }
  }

  /** Resolves when all that was begun is done. */
  idle(): Promise<void> {
    return this.#running
  }

  async #keep(source: Source): Promise<void> {
    const { queue, state, save } = this.#options
    const from = state.compaction[source]?.from
    while (await queue.run(() => this.#step(source))) await yieldToEventLoop()
    // Opening would read all of it again.
    if (state.compaction[source]?.from !== from) await queue.run(save)
  }

  /** Resolves to whether there was anything to do. */
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

  /** Writes the next page, unless somebody has recorded anything after ours. */
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
    return outdatedPayloadDrops(source, state, clock.now(), retentionDays)
  }
}
