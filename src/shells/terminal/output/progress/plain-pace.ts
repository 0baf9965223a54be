/** Minimum time between two lines of one kind, in ms. */
const EVERY_MS = 10_000

/**
 * Decides which lines of progress to print in plain output, where each line may be read out by a screen reader: the first
 * of each kind, such as the start of a wait, and then at most one of this kind every ten seconds.
 */
export class PlainPace {
  #line = ''
  readonly #printedAt = new Map<string, number>()

  /** Whether to print the line now. `now` in ms, from any monotonic clock. */
  isDue(line: string, kind: string, now: number): boolean {
    if (line === '' || line === this.#line) return false
    if (now - (this.#printedAt.get(kind) ?? -Infinity) < EVERY_MS) return false
    this.#line = line
    this.#printedAt.set(kind, now)
    return true
  }
}
