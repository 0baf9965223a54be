import { FIRST, INNER, LATER } from './ranks.ts'
import type { WordPlace } from './ranks.ts'
import { startsWithin } from './split-words.ts'
import type { Chunk } from './split-words.ts'

/** Where a search may begin in a chunk. */
export interface ChunkStart {
  /** In the joined chunk. */
  readonly start: number
  /** The end of its piece. */
  readonly end: number
  readonly place: WordPlace
}

/** More are not searched: no text may make a search slow. */
const MOST_STARTS = 1000

/** Where a search may begin in a chunk: at its pieces, and at the characters of scripts without spaces. */
export const chunkStarts = (chunk: Chunk, isFirst: boolean): readonly ChunkStart[] => {
  const starts: ChunkStart[] = []
  let at = 0
  for (const { text } of chunk) {
    for (const within of startsWithin(text)) {
      const place = within > 0 ? INNER : isFirst && at === 0 ? FIRST : LATER
      starts.push({ start: at + within, end: at + text.length, place })
      if (starts.length === MOST_STARTS) return starts
    }
    at += text.length
  }
  return starts
}
