/** Values by key, where nearly every key has one: a set only where there are several. */
export class Buckets<Key, Value extends object> {
  readonly #buckets = new Map<Key, Value | Set<Value>>()

  /** Keys that have a value. */
  get size(): number {
    return this.#buckets.size
  }

  add(key: Key, value: Value): void {
    const bucket = this.#buckets.get(key)
    if (bucket instanceof Set) bucket.add(value)
    else if (bucket !== value) this.#buckets.set(key, bucket === undefined ? value : new Set([bucket, value]))
  }

  delete(key: Key, value: Value): void {
    const bucket = this.#buckets.get(key)
    if (bucket === value) this.#buckets.delete(key)
    if (!(bucket instanceof Set) || !bucket.delete(value)) return
    const [last] = bucket
    if (bucket.size === 1 && last) this.#buckets.set(key, last)
  }

  get(key: Key): Iterable<Value> {
    const bucket = this.#buckets.get(key)
    if (bucket instanceof Set) return bucket
    return bucket === undefined ? [] : [bucket]
  }
}
