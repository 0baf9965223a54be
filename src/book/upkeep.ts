import type { RecordedEvent } from '../domain/events.ts'
import type { Source } from '../domain/source.ts'
import { decideCheckpoint } from '../machines/decide-checkpoint.ts'
import type { PayloadDrop } from '../ports/event-store.ts'
import type { Log } from './log.ts'
import type { ContactBookOptions } from './options.ts'
import { outdatedPayloads } from './outdated-payloads.ts'
import type { Recorder } from './recorder.ts'
import type { SerialQueue } from './serial-queue.ts'
import type { BookState } from './state.ts'

/** How long the history can go back, where nothing else is wanted. */
const RETENTION_DAYS = 30

interface UpkeepOptions extends Pick<ContactBookOptions, 'clock' | 'retentionDays'> {
  readonly queue: SerialQueue
  readonly log: Log
  readonly recorder: Recorder
  readonly state: BookState
  /** Saves the lists where they stand now. */
  readonly save: () => Promise<void>
  readonly diagnose: (error: unknown) => void
}

/**
 * Keeps the store small after an attempt was completed: writes the list anew where a checkpoint is due, and
 * drops what nobody needs any more. All of it in steps that let commands and reports go between them. What is
 * broken off does no harm, and is made up for after the next attempt.
 */
export class Upkeep {
  readonly #options: UpkeepOptions
  #running: Promise<void> = Promise.resolve()

  constructor(options: UpkeepOptions) {
    this.#options = options
  }

  begin(source: Source): void {
    this.#running = this.#running.then(() => this.#keep(source)).catch(this.#options.diagnose)
  }

  /** Resolves when all that was begun is done. */
  idle(): Promise<void> {
    return this.#running
  }

  async #keep(source: Source): Promise<void> {
    const { queue, log, save } = this.#options
    // What a later version has recorded might need what this one takes for needless.
    if (log.isNewer) return
    let written: RecordedEvent | undefined
    for (let page = await this.#write(source, null); page; page = await this.#write(source, page))
      written = page
    // Opening would read all of it again.
    if (written) await queue.run(save)
    await this.#drop(source)
  }

  /** Writes the page after this one of ours. Whoever else has recorded something meanwhile ends the checkpoint. */
  async #write(source: Source, written: RecordedEvent | null): Promise<RecordedEvent | undefined> {
    const { queue, recorder, state } = this.#options
    const { events } = await queue.run(() =>
      recorder.record(() => {
        const list = state.lists[source]
        const { changed, pending } = state.bases[source] ?? { changed: 0, pending: null }
        const isOurs = written === null || pending?.last === written.position
        const standing = list && { ...list, changed, pending: written && pending }
        const fact = standing && isOurs ? decideCheckpoint(source, standing) : null
        return { ok: true, facts: fact ? [fact] : [] }
      }),
    )
    return events.at(-1)
  }

  async #drop(source: Source): Promise<void> {
    const { queue, recorder } = this.#options
    const { length } = this.#outdated(source)
    for (let step = 0; step < length; step++) {
      await queue.run(() => recorder.drop(() => this.#outdated(source).slice(step, step + 1)))
    }
  }

  #outdated(source: Source): readonly PayloadDrop[] {
    const { state, clock, retentionDays = RETENTION_DAYS } = this.#options
    return outdatedPayloads(source, state, clock.now(), retentionDays)
  }
}
