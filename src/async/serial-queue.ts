/** Runs jobs one after the other, even after one has failed. Urgent jobs overtake waiting ones. */
export class SerialQueue {
  readonly #urgent: (() => Promise<void>)[] = []
  readonly #ordinary: (() => Promise<void>)[] = []
  #running: Promise<void> | null = null

  /** Resolves or rejects as the job does. A job may also throw synchronously. */
  run<T>(job: () => Promise<T>, { urgent = false } = {}): Promise<T> {
    return new Promise<T>((resolve, reject: (error: Error) => void) => {
      const lane = urgent ? this.#urgent : this.#ordinary
      lane.push(async () => {
        try {
          resolve(await job())
        } catch (error) {
          reject(error as Error)
        }
      })
      this.#running ??= this.#drain()
    })
  }

  /** Resolves when no job is running or waiting. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running
  }

  async #drain(): Promise<void> {
    // Wait one tick, so that an urgent job of the same tick overtakes the ordinary ones before it.
    await Promise.resolve()
    for (let job = this.#next(); job; job = this.#next()) await job()
    this.#running = null
  }

  #next() {
    return this.#urgent.shift() ?? this.#ordinary.shift()
  }
}
