import { chunkStarts } from './text/chunk-starts.ts'
import type { ContactText } from './contact-texts.ts'
import { LATER, wordKind } from './ranks.ts'
import type { WordGroup } from './ranks.ts'
import { joinedChunk } from './text/split-words.ts'

/** Words are told apart by their first code units: more is not typed. */
export const LONGEST_WORD = 64
/** Words beyond are not searched: no contact may make a search slow. */
const MOST_WORDS = 4000

/** Calls back for each word by which a contact is found, with its kind: see `ranks.ts`. */
export const eachWord = (texts: readonly ContactText[], take: (word: string, kind: number) => void): void => {
  const groups = new Map<WordGroup, Map<string, number>>()
  let count = 0
  for (const text of texts) {
    const { group } = text
    const known = groups.get(group) ?? new Map<string, number>()
    groups.set(group, known)
    for (const [word, kind] of wordsOf(text)) {
      if (count >= MOST_WORDS) break
      const before = known.get(word)
      if (before === undefined) count++
      if (before === undefined || kind < before) known.set(word, kind)
    }
  }
  for (const words of groups.values()) words.forEach((kind, word) => take(word, kind))
}

/** From each start to the end of the chunk, so that every prefix is the beginning of a word; and pieces as a whole. */
const wordsOf = ({ chunks, group }: ContactText): readonly (readonly [string, number])[] => {
  const words: [string, number][] = []
  chunks.forEach((chunk, index) => {
    const letters = joinedChunk(chunk)
    for (const { start, end, place } of chunkStarts(chunk, index === 0)) {
      const kind = wordKind(group, place)
      words.push([letters.slice(start, start + LONGEST_WORD), kind])
      if (place <= LATER && end < letters.length)
        words.push([letters.slice(start, Math.min(end, start + LONGEST_WORD)), kind])
    }
  })
  return words
}
