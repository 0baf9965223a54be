import type { SerialQueue } from '../../async/serial-queue.ts'
import type { Envelope } from '../../domain/events.ts'
import type { Source } from '../../domain/source.ts'
import type { LinkedSource } from '../../ports/linked-source.ts'
import type { BookState } from '../log/book-state.ts'
import type { Log } from '../log/log.ts'
import type { Recorder } from '../log/recorder.ts'
import type { OlderLists } from './older-lists.ts'
import type { Remains } from './remains.ts'

/** The part of the book that this needs. */
export interface LeftTokensOptions {
  readonly linked: ReadonlyMap<Source, LinkedSource>
  readonly queue: SerialQueue
  readonly log: Log
  readonly state: BookState
  readonly recorder: Recorder
  readonly remains: Remains
  readonly olderLists: OlderLists
  readonly diagnose: (error: unknown) => void
}

/**
 * Removes the tokens that outlive a sign-out: of another process that was killed in the middle of it, or that this one
 * overtook with its last write. What fails, a later opening tries again.
 */
export class LeftTokens {
  readonly #options: LeftTokensOptions

  constructor(options: LeftTokensOptions) {
    this.#options = options
  }

  /** When a book is opened: looks for the remains of all accounts. Call it within the queue. */
  async lookAtOpening(): Promise<void> {
    const { linked, olderLists, remains } = this.#options
    for (const each of linked.values()) {
      await remains.look(each)
      // Where the store has lost events, an account may be linked nevertheless.
      const isCertain = !olderLists.mayBeOlder(each.source)
      if (isCertain && remains.hasLeftTokens(each.source)) await this.#remove(each)
    }
  }

  /** When another process has signed out: it could not reach what this one holds in memory. `show` follows. */
  follow(events: readonly Pick<Envelope, 'type' | 'stream'>[], show: () => void): void {
    const { linked, queue } = this.#options
    const signedOut = events.flatMap(({ type, stream }) => (type === 'account.signed-out' ? stream : []))
    for (const source of new Set(signedOut)) {
      const own = linked.get(source)
      if (!own) continue
      void queue.run(async () => {
        await this.#remove(own)
        show()
      })
    }
  }

  /** Unless an account is linked meanwhile. */
  async #remove(linked: LinkedSource): Promise<void> {
    const { diagnose, log, recorder, remains, state } = this.#options
    const isIdle = async (): Promise<boolean> => {
      await recorder.catchUp()
      return !log.isNewer && state.machines.snapshot(linked.source).value === 'idle'
    }
    await linked.signIn.signOut(isIdle).catch(diagnose)
    await remains.look(linked)
  }
}
