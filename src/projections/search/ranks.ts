/** What a word of a contact belongs to, the most telling first. */
export const NAME = 0
export const SECOND_NAME = 1
export const COMPANY = 2
export const EMAIL = 3
export type WordGroup = typeof NAME | typeof SECOND_NAME | typeof COMPANY | typeof EMAIL

/** Where a word stands: first in its text, later, or within a text that has no spaces. */
export const FIRST = 0
export const LATER = 1
export const INNER = 2
export type WordPlace = typeof FIRST | typeof LATER | typeof INNER

const PLACES = 3

/** Group and place as one number below `WORD_KINDS`. The smaller one is the better one within a group. */
export const wordKind = (group: WordGroup, place: WordPlace): number => group * PLACES + place
export const WORD_KINDS = 16

/**
 * Ranks of words, by kind; the lowest comes first. Whole words, then the first word of a name, then other words; in each
 * the name, nickname and phonetic name, company. E-mails come after all of these: every address ends in a word such as `de`
 * or `com`, and to type it as a whole is no sign of meaning it.
 */
const ranks = [
  { whole: 0, first: 3, other: 5 },
  { whole: 1, first: 4, other: 6 },
  { whole: 2, first: 7, other: 8 },
  { whole: 10, first: 10, other: 10 },
]
export const WHOLE_WORD_RANKS = ranks.flatMap(({ whole, other }) => [whole, whole, other])
export const PREFIX_RANKS = ranks.flatMap(({ first, other }) => [first, other, other])

export const WHOLE_NUMBER_RANK = 11
export const NUMBER_RANK = 12
/** Digits that may mean the letters on their keys. */
export const KEYPAD_RANK = 13
/** The sum of the ranks of all words of a query is at most this. */
export const HIGHEST_RANK = 255
export const NOT_FOUND = 0xffff
