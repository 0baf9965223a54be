/** Slots of the table at first, and at most: 24 MB. */
const FEWEST = 1024
const MOST = 2 ** 21

/**
 * Counts how often each id occurred. Bounded: a file of 200 MB may hold more contacts than a map of texts could within the
 * memory for them, so it keeps 64 bits of each hash.
 */
export class RepeatedIds {
  #slots = FEWEST
  #keys = new Uint32Array(2 * FEWEST)
  #counts = new Uint32Array(FEWEST)
  #used = 0

  /**
   * How often this id has occurred, with this time; null if there are too many ids to tell.
   *
   * @param hash at least 8 bytes, evenly distributed
   */
  add(hash: Uint8Array): number | null {
    const view = new DataView(hash.buffer, hash.byteOffset, 8)
    const [high, low] = [view.getUint32(0), view.getUint32(4)]
    const at = this.#find(high, low)
    const count = this.#counts[at] ?? 0
    if (count === 0 && this.#used * 2 >= MOST) return null
    this.#set(at, high, low, count + 1)
    if (count === 0 && ++this.#used * 2 > this.#slots) this.#grow()
    return count + 1
  }

  /** The slot that holds the id, or the empty one where it belongs. */
  #find(high: number, low: number): number {
    let at = low & (this.#slots - 1)
    while (this.#counts[at] !== 0 && (this.#keys[2 * at] !== high || this.#keys[2 * at + 1] !== low))
      at = (at + 1) & (this.#slots - 1)
    return at
  }

  #set(at: number, high: number, low: number, count: number): void {
    this.#keys[2 * at] = high
    this.#keys[2 * at + 1] = low
    this.#counts[at] = count
  }

  #grow(): void {
    const [keys, counts] = [this.#keys, this.#counts]
    this.#slots *= 2
    this.#keys = new Uint32Array(2 * this.#slots)
    this.#counts = new Uint32Array(this.#slots)
    for (let at = 0; at < counts.length; at++) {
      const count = counts[at] ?? 0
      if (count === 0) continue
      const [high = 0, low = 0] = [keys[2 * at], keys[2 * at + 1]]
      this.#set(this.#find(high, low), high, low, count)
    }
  }
}
