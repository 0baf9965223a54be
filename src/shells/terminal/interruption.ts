/** Where the signals come from, and where they end: the process. */
export interface Interruptible {
  on(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown
  exit(code: number): void
}

/** Two signals in this time (ms) are one Ctrl-C: npm passes on what the terminal has already sent to all. */
const SAME_PRESS_MS = 500

/**
 * Ctrl-C and SIGTERM: the first is for the command at work, so that it can end well; the next ends the
 * process at once, as does the first where nothing is at work.
 */
export class Interruption {
  readonly #process: Interruptible
  readonly #now: () => number
  readonly #listeners = new Set<() => void>()
  #first: number | null = null

  constructor(process: Interruptible, now: () => number = () => performance.now()) {
    this.#process = process
    this.#now = now
    process.on('SIGINT', () => this.#take())
    process.on('SIGTERM', () => this.#take())
  }

  /** Whether somebody wants the command at work to end. */
  get happened(): boolean {
    return this.#first !== null
  }

  /** Returns the function that ends it. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  #take(): void {
    const now = this.#now()
    if (this.#first === null && this.#listeners.size > 0) {
      this.#first = now
      for (const listener of this.#listeners) listener()
    } else if (this.#first === null || now - this.#first > SAME_PRESS_MS) {
      this.#process.exit(130)
    }
  }
}
