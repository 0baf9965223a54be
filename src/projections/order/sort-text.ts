/** Long enough to tell names apart, and it limits what comparing a hostile one costs. */
const LONGEST = 200

/**
 * Between the words of a name. Sorts below everything else (UTS #35, part 5, on U+FFFE), so that Lee comes before Leeson
 * whatever follows them; spaces count for nothing, as punctuation does.
 */
const SEPARATOR = '\ufffe'

/** What does not count in sorting: punctuation, spaces, marks, controls. */
const START = /[^\p{P}\p{Z}\p{M}\p{Cc}\p{Cf}]/u

/** Where most names begin, found in less time. */
const ASCII_LETTER = /^[A-Za-z]/

const BETWEEN = /\s[\s\p{P}\p{Cf}]*/gu

/** The text by which a name is sorted: from its first letter, digit or sign on, word by word. */
export const sortText = (name: string): string => {
  const start = ASCII_LETTER.test(name) ? 0 : Math.max(0, name.search(START))
  const words = name.slice(start, start + LONGEST).replace(BETWEEN, SEPARATOR)
  return words.endsWith(SEPARATOR) ? words.slice(0, -1) : words
}
