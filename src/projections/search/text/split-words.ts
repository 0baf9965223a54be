import type { FoldedText } from './fold-text.ts'

/** A stretch of letters and digits of one kind of script. */
export interface Piece {
  readonly text: string
  /** Where it begins in the folded text. */
  readonly at: number
}

/** Pieces that people write as one or as several words: `O'Brien`, `Jean-Luc`, `J.R.`, `山田 花子`, an e-mail address. */
export type Chunk = readonly Piece[]

/** Scripts that are written without spaces, or, as Korean, with parts of names that are searched on their own. */
const UNSPACED =
  '\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Hang}\\p{scx=Bopo}\\p{scx=Thai}\\p{scx=Laoo}\\p{scx=Khmr}\\p{scx=Mymr}'
/** Pictures count as letters: a contact may be called 🍕. */
const LETTER = '[\\p{L}\\p{N}\\p{So}\\p{Emoji_Modifier}\\p{Co}]'
const REST = '[\\p{L}\\p{N}\\p{So}\\p{Emoji_Modifier}\\p{Co}\\p{M}]'
const PIECE = new RegExp(
  `(?=[${UNSPACED}])${LETTER}(?:(?=[${UNSPACED}])${REST}|\\p{M})*|(?![${UNSPACED}])${LETTER}(?:(?![${UNSPACED}])${REST})*`,
  'gu',
)
const ASCII_PIECE = /[a-z0-9]+/g
const SPACED_PIECE = new RegExp(`${LETTER}${REST}*`, 'gu')
/** Thai is the first of the scripts without spaces. */
const MAY_BE_UNSPACED = /[\u0E00-\uFFFF]/
const IS_UNSPACED = new RegExp(`^[${UNSPACED}]`, 'u')
/** Begins where a character does: not at a mark, and not within a Hangul syllable. */
const CHARACTER_START = /[^\p{M}\u1160-\u11FF\uD7B0-\uD7FF]/gu

/** Between the parts of a word. */
const CONNECTOR = /^(?:|['.\-_@&+\u2010-\u2013\u2022\u00B7\u05BE\u05F3\u05F4\u30FB]{1,2})$/
const SPACE = /^\s+$/
/** Between the parts of a number. */
const NUMBER_CONNECTOR = /^[\s()\-.\u2010-\u2013/+]{1,5}$/
const NUMBER = /^[0-9]+$/

/** Whether words of this script may be searched from any character. */
export const isUnspaced = (piece: string): boolean => MAY_BE_UNSPACED.test(piece) && IS_UNSPACED.test(piece)

/** Where a search may begin within a piece. */
export const startsWithin = (piece: string): readonly number[] =>
  isUnspaced(piece) ? [...piece.matchAll(CHARACTER_START)].map(({ index }) => index) : [0]

/** Splits a text into its words. */
export const splitWords = (folded: FoldedText): readonly Chunk[] => split(folded, () => false)

/** Splits what was typed: as `splitWords`, but a number with spaces is one word. */
export const splitQuery = (folded: FoldedText): readonly Chunk[] =>
  split(
    folded,
    (before, gap, after) => NUMBER.test(before) && NUMBER.test(after) && NUMBER_CONNECTOR.test(gap),
  )

/** What was typed, or stands there, without connectors. */
export const joinedChunk = (chunk: Chunk): string =>
  chunk.length === 1 ? (chunk[0]?.text ?? '') : chunk.map(({ text }) => text).join('')

/** The place in the folded text of the letter that is so many letters after the beginning of a piece. */
export const placeInText = (chunk: Chunk, piece: number, letter: number): number => {
  let left = letter
  for (let number = piece; number < chunk.length; number++) {
    const { text, at } = chunk[number] ?? { text: '', at: 0 }
    if (left < text.length) return at + left
    left -= text.length
  }
  return 0
}

const split = (
  { text, starts }: FoldedText,
  alsoConnects: (before: string, gap: string, after: string) => boolean,
): readonly Chunk[] => {
  const chunks: Piece[][] = []
  const pieces = starts === null ? ASCII_PIECE : MAY_BE_UNSPACED.test(text) ? PIECE : SPACED_PIECE
  let end = 0
  for (const { 0: piece, index: at } of text.matchAll(pieces)) {
    const chunk = chunks.at(-1)
    const before = chunk?.at(-1)?.text
    const gap = text.slice(end, at)
    if (chunk && before !== undefined && (connects(before, gap, piece) || alsoConnects(before, gap, piece)))
      chunk.push({ text: piece, at })
    else chunks.push([{ text: piece, at }])
    end = at + piece.length
  }
  return chunks
}

const connects = (before: string, gap: string, after: string): boolean =>
  CONNECTOR.test(gap) || (SPACE.test(gap) && isUnspaced(before) && isUnspaced(after))
