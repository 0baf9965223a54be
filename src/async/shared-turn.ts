import { yieldToEventLoop } from './yield-to-event-loop.ts'

/** Milliseconds: a third of a frame of a page. The rest is left for what people see, and for keys. */
const SHARE = 6

/** A turn of the event loop that long work shares with others. Work that is run for the first time is slow, and so are some devices. */
export class SharedTurn {
  #begun = performance.now()

  /** Whether the work has had its share. */
  get isOver(): boolean {
    return performance.now() - this.#begun >= SHARE
  }

  /** Lets others have their turn. */
  async next(): Promise<void> {
    await yieldToEventLoop()
    this.#begun = performance.now()
  }
}
