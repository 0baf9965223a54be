import type { SerialQueue } from '../../async/serial-queue.ts'
import type { Envelope } from '../../domain/events.ts'
import type { Source } from '../../domain/source.ts'
import type { LinkedSource } from '../../ports/linked-source.ts'
import type { BookState } from '../log/book-state.ts'
import type { Log } from '../log/log.ts'
import type { Recorder } from '../log/recorder.ts'
import type { OlderLists } from './older-lists.ts'
import type { Remains } from './remains.ts'

/** The parts of the book that `LeftTokens` needs. */
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
 * Removes tokens that a sign-out in another process left behind, either because that process was killed before it
 * finished, or because this process stored tokens after it. If the removal fails, a later opening tries again.
 */
export class LeftTokens {
  readonly #options: LeftTokensOptions

  constructor(options: LeftTokensOptions) {
    this.#options = options
  }

  /** Looks for the remains of all accounts when a book is opened. Call it within the queue. */
  async lookAtOpening(): Promise<void> {
    const { linked, olderLists, remains } = this.#options
    for (const each of linked.values()) {
      await remains.look(each)
      // If the store has lost events, an account may be linked although the log does not show it.
      const isCertain = !olderLists.mayBeOlder(each.source)
      if (isCertain && remains.hasLeftTokens(each.source)) await this.#remove(each)
    }
  }

  /** After a sign-out in another process, which cannot remove tokens in the memory of this one. Calls `show` at the end. */
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

  /** Removes the tokens, unless an account has been linked meanwhile. */
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
