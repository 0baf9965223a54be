/** The part of a process that sends signals and can be ended. */
export interface Interruptible {
  on(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown
  exit(code: number): void
}

/** Two signals within this time (ms) are one Ctrl-C: npm repeats what the terminal sent to all processes. */
const SAME_PRESS_MS = 500

/**
 * Handles Ctrl-C and SIGTERM: the first signal lets the running command end well; the next one ends the process
 * at once, as does the first if nothing is running.
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

  /** Whether the command was asked to end. */
  get happened(): boolean {
    return this.#first !== null
  }

  /** Returns the function that removes the listener. */
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
