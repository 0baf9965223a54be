/** Runs jobs one after the other. Urgent ones (a person's commands) go before whatever waits. */
export class SerialQueue {
  readonly #urgent: (() => Promise<void>)[] = []
  readonly #ordinary: (() => Promise<void>)[] = []
  #running: Promise<void> | null = null

  run<T>(job: () => Promise<T>, { urgent = false } = {}): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const lane = urgent ? this.#urgent : this.#ordinary
      lane.push(() => job().then(resolve, reject))
      this.#running ??= this.#drain()
    })
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running
  }

  async #drain(): Promise<void> {
    // A tick's grace, so that a command given in the same tick overtakes the reports before it.
    await Promise.resolve()
    for (let job = this.#next(); job; job = this.#next()) await job()
    this.#running = null
  }

  #next() {
    return this.#urgent.shift() ?? this.#ordinary.shift()
  }
}
