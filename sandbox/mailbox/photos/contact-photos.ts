import { createHash } from 'node:crypto'
import type { Item } from '../item.ts'
import { jpegOf } from './jpeg.ts'
import { patternOf } from './pattern.ts'
import { pngOf } from './png.ts'

/**
 * The photos of a mailbox: for two contacts of five an invented pattern, half of them JPEG and half PNG. As in Exchange, a
 * photo is no part of its contact: a new one gives the contact no other change key.
 */
export class ContactPhotos {
  readonly #seed: string
  readonly #stored = new Map<number, Uint8Array | null>()

  constructor(seed: string) {
    this.#seed = seed
  }

  /** Null: the contact has none. */
  of({ key, kind }: Item): Uint8Array | null {
    if (kind !== 'contact') return null
    const stored = this.#stored.get(key)
    return stored === undefined ? this.#invented(key) : stored
  }

  /** Gives a contact another photo, or none. */
  set({ key }: Item, photo: Uint8Array | null): void {
    this.#stored.set(key, photo)
  }

  #invented(key: number): Uint8Array | null {
    const name = `${this.#seed}:photo:${key}`
    const [first = 0, second = 0] = createHash('sha256').update(name).digest()
    if (first % 5 >= 2) return null
    return second % 2 === 0 ? jpegOf(patternOf(name)) : pngOf(patternOf(name))
  }
}
