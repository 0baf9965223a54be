import { FIRST, INNER, LATER } from '../ranks.ts'
import type { WordPlace } from '../ranks.ts'
import { startsWithin } from './split-words.ts'
import type { Chunk } from './split-words.ts'

/** Where a search may begin in a chunk. */
export interface ChunkStart {
  /** In the joined chunk. */
  readonly start: number
  /** The number of its piece. */
  readonly piece: number
  /** Where it is in its piece. */
  readonly within: number
  /** The end of its piece. */
  readonly end: number
  readonly place: WordPlace
}

/** More are not searched: no text may make a search slow. */
const MOST_STARTS = 1000

/** Where a search may begin in a chunk: at its pieces, and at the characters of scripts without spaces. In order. */
export function* chunkStarts(chunk: Chunk, isFirst: boolean): Generator<ChunkStart> {
  let left = MOST_STARTS
  let at = 0
  for (const [piece, { text }] of chunk.entries()) {
    for (const within of startsWithin(text)) {
      if (left-- === 0) return
      const place = within > 0 ? INNER : isFirst && at === 0 ? FIRST : LATER
      yield { start: at + within, piece, within, end: at + text.length, place }
    }
    at += text.length
  }
}
