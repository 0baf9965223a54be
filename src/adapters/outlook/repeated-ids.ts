/** Ids that are counted: 24 MB. */
const MOST = 2 ** 20

/** The first bits of a hash choose a part. Parts grow one after the other, so that none holds the event loop for long. */
const PART_BITS = 6

const FEWEST_SLOTS = 64

/**
 * Counts how often each id occurred. Bounded: a file of 200 MB may hold more contacts than a map of texts could within the
 * memory for them, so it keeps 64 bits of each hash.
 */
export class RepeatedIds {
  readonly #parts = Array.from({ length: 2 ** PART_BITS }, () => new HashCounts())
  #used = 0

  /**
   * How often this id has occurred, with this time; null if there are too many ids to tell.
   *
   * @param hash at least 8 bytes, evenly distributed
   */
  add(hash: Uint8Array): number | null {
    const view = new DataView(hash.buffer, hash.byteOffset, 8)
    const [high, low] = [view.getUint32(0), view.getUint32(4)]
    const part = this.#parts[high >>> (32 - PART_BITS)]
    const count = part?.add(high, low, this.#used < MOST) ?? null
    if (count === 1) this.#used++
    return count
  }
}

/** A hash table with open addressing. */
class HashCounts {
  #slots = FEWEST_SLOTS
  #keys = new Uint32Array(2 * FEWEST_SLOTS)
  #counts = new Uint32Array(FEWEST_SLOTS)
  #used = 0

  /** The count of a hash after one more; null if it is new and must not be added. */
  add(high: number, low: number, mayBeNew: boolean): number | null {
    const at = this.#find(high, low)
    const count = (this.#counts[at] ?? 0) + 1
    if (count === 1 && !mayBeNew) return null
    this.#set(at, high, low, count)
    if (count === 1 && ++this.#used * 2 > this.#slots) this.#grow()
    return count
  }

  /** The slot that holds the hash, or the empty one where it belongs. */
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
