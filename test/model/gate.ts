import { Arrivals } from '../../src/testing/arrivals.ts'

/** Blocks callers until the test lets them pass. */
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

  /** Lets one caller pass, the next one if none waits. */
  async letOne(): Promise<void> {
    const go = await this.#waiting.next()
    go()
  }

  /** Lets all callers pass from now on. */
  open(): void {
    this.#isOpen = true
    while (this.#waiting.size > 0) void this.letOne()
  }
}
