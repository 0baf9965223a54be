import { LONGEST_WORD } from './contact-words.ts'
import { foldText } from './text/fold-text.ts'
import { typedKeys } from './keypad.ts'
import { numberQuery } from './phone-digits.ts'
import type { NumberQuery } from './phone-digits.ts'
import { joinedChunk, splitQuery } from './text/split-words.ts'
import type { Piece } from './text/split-words.ts'

/** A part of a word that was typed. */
export interface QueryPiece {
  readonly word: string
  /** Null: it is no number. */
  readonly number: NumberQuery | null
}

/** A word that was typed. A contact has to match each. */
export interface QueryTerm {
  /** Folded and without connectors. */
  readonly word: string
  /**
   * Its parts, of which a contact that has all matches, too, at least one of them as a word: `12 555` is one number, or the
   * end of `Room 12` and the beginning of a number. Empty if it has only one part.
   */
  readonly pieces: readonly QueryPiece[]
  /** Null: it is no number. */
  readonly number: NumberQuery | null
  /** Null: it does not stand for letters. */
  readonly keys: string | null
}

/** Words and parts of words beyond are ignored: no query may take long, or have a rank above the highest. */
const MOST_PIECES = 16
const NUMBER = /^[0-9]+$/

/** Splits what was typed. Empty: there is nothing to search for. */
export const readQuery = (text: string): readonly QueryTerm[] => {
  const folded = foldText(text)
  const terms = new Map<string, QueryTerm>()
  let left = MOST_PIECES
  for (const chunk of splitQuery(folded)) {
    const [first] = chunk
    if (first === undefined || left <= 0) break
    const joined = joinedChunk(chunk)
    const isInternational = ({ at }: Piece) => folded.text[at - 1] === '+'
    const pieces = new Map<string, QueryPiece>()
    for (const piece of chunk.slice(0, left)) {
      const word = piece.text.slice(0, LONGEST_WORD)
      pieces.set(word, { word, number: numberIn(piece.text, isInternational(piece)) })
    }
    left -= Math.min(left, chunk.length)
    terms.set(joined, {
      word: joined.slice(0, LONGEST_WORD),
      pieces: chunk.length > 1 ? [...pieces.values()] : [],
      number: numberIn(joined, isInternational(first)),
      keys: NUMBER.test(joined) ? typedKeys(joined) : null,
    })
  }
  return [...terms.values()]
}

const numberIn = (word: string, isInternational: boolean): NumberQuery | null =>
  NUMBER.test(word) ? numberQuery(word, isInternational) : null
