/** In ms. */
const EVERY_MS = 10_000

/**
 * Decides which lines of progress are printed where no line can change in place and each is read out, as by a screen
 * reader: the first of each kind, such as a wait that begins, and then at most one of this kind every ten seconds.
 */
export class PlainPace {
  #line = ''
  readonly #printedAt = new Map<string, number>()

  /** Whether to print it now. `now` in ms, of any clock that only goes forward. */
  isDue(line: string, kind: string, now: number): boolean {
    if (line === '' || line === this.#line) return false
    if (now - (this.#printedAt.get(kind) ?? -Infinity) < EVERY_MS) return false
    this.#line = line
    this.#printedAt.set(kind, now)
    return true
  }
}
