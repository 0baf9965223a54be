/** Signals that ask the program to end, with its exit codes: 128 plus the number of the signal, as in shells. */
const exitCodes = { SIGHUP: 129, SIGINT: 130, SIGQUIT: 131, SIGTERM: 143 } as const

type Signal = keyof typeof exitCodes

/** The exit code of a program that was asked to end. */
export type InterruptedCode = (typeof exitCodes)[Signal]

/** Whether an exit code means that the program was asked to end. */
export const isInterruptedCode = (code: number): code is InterruptedCode =>
  Object.values<number>(exitCodes).includes(code)

/** The part of a process that sends signals and can be ended. */
export interface Interruptible {
  on(signal: Signal, listener: () => void): unknown
  exit(code: number): void
}

/** Two signals within this time (ms) are one Ctrl-C: npm repeats what the terminal sent to all processes. */
const SAME_PRESS_MS = 500

/**
 * Handles Ctrl-C (SIGINT), Ctrl-\ (SIGQUIT), SIGTERM, and SIGHUP, which is sent when the window of the terminal is closed.
 * The first signal lets the running command finish. The next one ends the process immediately, as does the first if no
 * command is running.
 */
export class Interruption {
  readonly #process: Interruptible
  readonly #now: () => number
  readonly #listeners = new Set<() => void>()
  #first: { readonly signal: Signal; readonly at: number } | null = null

  constructor(process: Interruptible, now: () => number = () => performance.now()) {
    this.#process = process
    this.#now = now
    for (const signal of Object.keys(exitCodes) as Signal[]) process.on(signal, () => this.#take(signal))
  }

  /** Whether the command was asked to end. */
  get happened(): boolean {
    return this.#first !== null
  }

  /** The exit code of a command that was asked to end. */
  get exitCode(): InterruptedCode {
    return exitCodes[this.#first?.signal ?? 'SIGINT']
  }

  /** Returns the function that removes the listener. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  #take(signal: Signal): void {
    const now = this.#now()
    if (this.#first === null && this.#listeners.size > 0) {
      this.#first = { signal, at: now }
      for (const listener of this.#listeners) listener()
    } else if (this.#first === null || (now - this.#first.at > SAME_PRESS_MS && signal !== 'SIGHUP')) {
      // Closing a window sends SIGHUP twice, from the system and from the shell, so a second one does not force an exit.
      this.#process.exit(exitCodes[signal])
    }
  }
}
