import { NOT_FOUND, PREFIX_RANKS, WHOLE_WORD_RANKS, WORD_KINDS } from './ranks.ts'

/** Words in order, and for each the places where it occurs: one as a number, several in an array. */
interface Block {
  readonly words: string[]
  readonly places: (number | number[])[]
}

/** Words in a block: so few that inserting one moves little. */
const FULL = 512

/**
 * Words and the contacts that have them, ordered by code units. Blocks keep both cheap: to insert a word, and to run
 * through all words with a prefix.
 */
export class WordIndex {
  readonly #blocks: Block[] = [{ words: [], places: [] }]

  /** @param slot a small number that stands for a contact */
  add(word: string, slot: number, kind: number): void {
    const number = this.#blockOf(word)
    const { words, places } = this.#block(number)
    const at = firstNotBefore(words, word)
    const place = slot * WORD_KINDS + kind
    if (words[at] !== word) {
      words.splice(at, 0, word)
      places.splice(at, 0, place)
      if (words.length > FULL) this.#split(number)
      return
    }
    const known = places[at]
    if (typeof known === 'object') known.push(place)
    else if (known !== undefined) places[at] = [known, place]
  }

  remove(word: string, slot: number, kind: number): void {
    const number = this.#blockOf(word)
    const { words, places } = this.#block(number)
    const at = firstNotBefore(words, word)
    if (words[at] !== word) return
    const left = without(places[at], slot * WORD_KINDS + kind)
    if (left !== null) {
      places[at] = left
      return
    }
    words.splice(at, 1)
    places.splice(at, 1)
    if (words.length === 0 && this.#blocks.length > 1) this.#blocks.splice(number, 1)
  }

  /** Lowers the ranks of the contacts that have a word with this prefix. */
  rank(prefix: string, ranks: Uint16Array): void {
    for (let number = this.#blockOf(prefix); number < this.#blocks.length; number++) {
      const { words, places } = this.#block(number)
      for (let at = firstNotBefore(words, prefix); at < words.length; at++) {
        const word = words[at]
        if (!word?.startsWith(prefix)) return
        lower(ranks, places[at], word.length === prefix.length ? WHOLE_WORD_RANKS : PREFIX_RANKS)
      }
    }
  }

  /** The last block that may have a word. */
  #blockOf(word: string): number {
    let from = 0
    let to = this.#blocks.length - 1
    while (from < to) {
      const middle = (from + to + 1) >> 1
      const first = this.#blocks[middle]?.words[0]
      if (first !== undefined && first <= word) from = middle
      else to = middle - 1
    }
    return from
  }

  #block(number: number): Block {
    return this.#blocks[number] ?? { words: [], places: [] }
  }

  #split(number: number): void {
    const { words, places } = this.#block(number)
    this.#blocks.splice(number + 1, 0, { words: words.splice(FULL / 2), places: places.splice(FULL / 2) })
  }
}

const firstNotBefore = (words: readonly string[], word: string): number => {
  let from = 0
  let to = words.length
  while (from < to) {
    const middle = (from + to) >> 1
    if ((words[middle] ?? '') < word) from = middle + 1
    else to = middle
  }
  return from
}

/** Null: none is left. */
const without = (places: number | number[] | undefined, place: number): number | number[] | null => {
  if (typeof places !== 'object') return places === undefined || places === place ? null : places
  const at = places.indexOf(place)
  const last = places.at(-1)
  if (at === -1 || last === undefined) return places
  places[at] = last
  places.pop()
  return places.length === 1 ? (places[0] ?? null) : places
}

const lower = (
  ranks: Uint16Array,
  places: number | readonly number[] | undefined,
  by: readonly number[],
): void => {
  if (typeof places === 'number') lowerOne(ranks, places, by)
  else if (places !== undefined) for (const place of places) lowerOne(ranks, place, by)
}

const lowerOne = (ranks: Uint16Array, place: number, by: readonly number[]): void => {
  const slot = Math.floor(place / WORD_KINDS)
  const rank = by[place % WORD_KINDS] ?? NOT_FOUND
  if (rank < (ranks[slot] ?? 0)) ranks[slot] = rank
}
