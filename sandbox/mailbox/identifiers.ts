import { createHash } from 'node:crypto'

/**
 * Ids that look like Exchange's and are the same for the same seed: base64url with padding for items and
 * folders, plain base64 (with / and +) for change keys.
 */
export class Identifiers {
  readonly #seed: string

  constructor(seed: string) {
    this.#seed = seed
  }

  folder(n: number): string {
    return `AAMkAGI2${this.#text('folder', n)}AAA=`
  }

  item(key: number, move: number): string {
    return `AAMkAGI2${this.#text('item', key, move)}AAA=`
  }

  immutable(key: number): string {
    return `AAkALgAA${this.#text('immutable', key)}AAA=`
  }

  changeKey(n: number): string {
    return `EQAAABYAAAC${this.#digest('change', n).toString('base64').slice(0, 28)}A`
  }

  #text(...parts: readonly (string | number)[]): string {
    return this.#digest(...parts)
      .toString('base64url')
      .slice(0, 40)
  }

  #digest(...parts: readonly (string | number)[]): Buffer {
    return createHash('sha256')
      .update(`${this.#seed}:${parts.join(':')}`)
      .digest()
  }
}
