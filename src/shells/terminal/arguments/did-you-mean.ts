/** One typing mistake is allowed for each of this many characters. A word with more mistakes is a different word. */
const CHARACTERS_A_SLIP = 3

/**
 * The word that was probably meant: the most similar one of `known`; null if none is similar. Ignores capitals and dashes,
 * as in `-Store`. The start of exactly one word also matches that word.
 */
export const nearest = (typed: string, known: readonly string[]): string | null => {
  const word = plain(typed)
  if (word === '') return null
  const begun = known.filter((each) => word.length > 1 && plain(each).startsWith(word))
  if (begun.length === 1) return begun[0] ?? null
  const [first] = known
    .map((each) => ({ each, changes: changesBetween(word, plain(each)), length: plain(each).length }))
    .filter(({ changes, length }) => isAlike(changes, Math.max(length, word.length)))
    .sort((one, other) => one.changes - other.changes)
  return first?.each ?? null
}

/** ` Did you mean "…"?`, to append to a sentence; empty without a suggestion. */
export const didYouMean = (suggestion: string | null): string =>
  suggestion === null ? '' : ` Did you mean "${suggestion}"?`

const isAlike = (changes: number, length: number): boolean => changes <= length / CHARACTERS_A_SLIP

const plain = (word: string): string => word.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')

/**
 * How many characters must be added, removed, replaced or swapped with their neighbour (optimal string alignment, a
 * restricted Damerau-Levenshtein distance).
 */
const changesBetween = (one: string, other: string): number => {
  let [beforeLast, last]: [readonly number[], readonly number[]] = [
    [],
    Array.from({ length: other.length + 1 }, (_, index) => index),
  ]
  for (let row = 1; row <= one.length; row++) {
    const current = [row]
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1]
      const isSwapped =
        row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      current.push(
        Math.min(
          (last[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (last[column - 1] ?? 0) + (isSame ? 0 : 1),
          isSwapped ? (beforeLast[column - 2] ?? 0) + 1 : Infinity,
        ),
      )
    }
    beforeLast = last
    last = current
  }
  return last[other.length] ?? 0
}
