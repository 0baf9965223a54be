import { LONGEST_WORD } from './contact-words.ts'
import { foldText } from './fold-text.ts'
import { typedKeys } from './keypad.ts'
import { numberQuery } from './phone-digits.ts'
import type { NumberQuery } from './phone-digits.ts'
import { joinedChunk, splitQuery } from './split-words.ts'

/** A word that was typed. A contact has to match each. */
export interface QueryTerm {
  /** Folded and without connectors. */
  readonly word: string
  /** Its parts: a contact that has all of them as words matches, too. Empty if it has only one. */
  readonly pieces: readonly string[]
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
    const isNumber = NUMBER.test(joined)
    const pieces = chunk.slice(0, left).map((piece) => piece.text.slice(0, LONGEST_WORD))
    left -= pieces.length
    terms.set(joined, {
      word: joined.slice(0, LONGEST_WORD),
      pieces: chunk.length > 1 ? [...new Set(pieces)] : [],
      number: isNumber ? numberQuery(joined, folded.text[first.at - 1] === '+') : null,
      keys: isNumber ? typedKeys(joined) : null,
    })
  }
  return [...terms.values()]
}
