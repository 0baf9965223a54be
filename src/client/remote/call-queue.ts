import { yieldToEventLoop } from '../../async/yield-to-event-loop.ts'

/** Calls that wait for their turn. */
const MOST_WAITING = 100

/** Calls that have begun and wait for the network or the disk. */
const MOST_BEGUN = 1_000

/** Calls that begin before the client has to show that it reads its answers: unread ones stay in memory. */
const WINDOW = 16

/**
 * Begins the calls of one client in their order, each in its own turn of the event loop: a port delivers a thousand messages
 * in one turn. A call that waits for the network holds up no other.
 */
export class CallQueue {
  readonly #reads: () => Promise<void>
  readonly #waiting: (() => Promise<void>)[] = []
  #begun = 0
  #isRunning = false

  /** @param reads resolves once the client has read what was sent so far */
  constructor(reads: () => Promise<void>) {
    this.#reads = reads
  }

  /** Whether there is room for the call, which must not reject. Without room it is not made. */
  add(call: () => Promise<void>): boolean {
    if (this.#waiting.length >= MOST_WAITING || this.#begun >= MOST_BEGUN) return false
    this.#waiting.push(call)
    if (!this.#isRunning) void this.#run()
    return true
  }

  /** Drops the calls that wait. */
  close(): void {
    this.#waiting.length = 0
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    for (let count = 1, call = this.#waiting.shift(); call; call = this.#waiting.shift(), count++) {
      this.#begun++
      void call().finally(() => this.#begun--)
      await yieldToEventLoop()
      if (count % WINDOW === 0) await this.#reads()
    }
    this.#isRunning = false
  }
}
