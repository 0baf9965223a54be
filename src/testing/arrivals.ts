/** A queue of values that arrive one by one, for a test that waits for them. */
export class Arrivals<T> {
  readonly #come: T[] = []
  readonly #waiting: ((thing: T) => void)[] = []

  /** Number of values that arrived and were not taken yet. */
  get size(): number {
    return this.#come.length
  }

  add(thing: T): void {
    const waiting = this.#waiting.shift()
    if (waiting) waiting(thing)
    else this.#come.push(thing)
  }

  /** Resolves to the next arrival. Rejects with the signal's reason if it aborts first. */
  next(signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted()
    const thing = this.#come.shift()
    if (thing !== undefined) return Promise.resolve(thing)
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        this.#waiting.splice(this.#waiting.indexOf(take), 1)
        reject(signal?.reason as Error)
      }
      const take = (thing: T) => {
        signal?.removeEventListener('abort', onAbort)
        resolve(thing)
      }
      this.#waiting.push(take)
      signal?.addEventListener('abort', onAbort, { once: true })
    })
  }
}
