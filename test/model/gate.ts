import { Arrivals } from '../../src/testing/arrivals.ts'

/** Holds a request up until the test lets it through. */
export class Gate {
  readonly #waiting = new Arrivals<() => void>()
  #isOpen = false

  /** Waits for `open`, or for one `letOne`. */
  async pass(signal: AbortSignal): Promise<void> {
    if (this.#isOpen) return
    await new Promise<void>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
      this.#waiting.add(resolve)
    })
  }

  /** Lets one through, as soon as he comes. */
  async letOne(): Promise<void> {
    const go = await this.#waiting.next()
    go()
  }

  /** Lets everybody through from now on. */
  open(): void {
    this.#isOpen = true
    while (this.#waiting.size > 0) void this.letOne()
  }
}
