import type { TextRange } from './hit.ts'
import type { Chunk } from './text/split-words.ts'

/** The keys of words. Keys of words that follow one another have a space between them. */
export interface KeypadText {
  readonly keys: string
  /** For each key, the place of its letter in the folded text. */
  readonly places: readonly number[]
}

/** ITU-T E.161: letters on the keys of telephones. */
const KEYS = '22233344455566677778889999'
const TYPED = /^[2-9]+$/
const LATIN = /^[a-z0-9]+$/
/** Words beyond are not matched: combinations of words and initials grow fast. */
const MOST_WORDS = 8
const MOST_KEYS = 32

/** The keys that one may have meant. Null: there is a digit without letters. */
export const typedKeys = (digits: string): string | null =>
  TYPED.test(digits) && digits.length <= MOST_KEYS ? digits : null

/** Words in other alphabets are left out: their keys differ from telephone to telephone. */
export const keypadText = (chunks: readonly Chunk[]): KeypadText => {
  const places: number[] = []
  let keys = ''
  const words = chunks.flat().filter(({ text }) => LATIN.test(text))
  for (const { text, at } of words.slice(0, MOST_WORDS)) {
    if (keys !== '') {
      keys += ' '
      places.push(at)
    }
    for (let letter = 0; letter < text.length; letter++) {
      keys += keyOf(text, letter)
      places.push(at + letter)
    }
  }
  return { keys, places }
}

/**
 * Stretches of keys that digits stand for: the beginning of a word; or words that follow one another, each as a whole
 * or by its initial, and the beginning of the last one, so that 57 is J. S. as well as Kr. As Android's dialer
 * (`SmartDialNameMatcher`). Null: no match.
 *
 * @param keys words with a space or, where texts end, `|` between them
 */
export const keypadMatch = (keys: string, digits: string): readonly TextRange[] | null => {
  const search: KeypadSearch = { keys, digits, failed: null }
  for (let start = 0; start < keys.length; start = endOfWord(keys, start) + 1) {
    const ranges = matchFrom(search, start, 0)
    if (ranges) return ranges
  }
  return null
}

interface KeypadSearch {
  readonly keys: string
  readonly digits: string
  /**
   * States, as place and digits done, from which there is no match. Words that begin alike lead
   * to the same one in very many ways. Null for most contacts: they have none.
   */
  failed: Set<number> | null
}

const matchFrom = (search: KeypadSearch, start: number, done: number): TextRange[] | null => {
  const { keys, digits } = search
  const state = start * (digits.length + 1) + done
  if (search.failed?.has(state)) return null
  let equal = 0
  while (done + equal < digits.length && keys[start + equal] === digits[done + equal]) equal++
  if (equal === 0) return null
  if (done + equal === digits.length) return [[start, start + equal]]
  const end = endOfWord(keys, start)
  if (keys[end] === ' ')
    // The word as a whole, or its initial.
    for (const length of start + equal === end ? [equal, 1] : [1]) {
      const others = matchFrom(search, end + 1, done + length)
      if (others) return [[start, start + length], ...others]
    }
  search.failed ??= new Set()
  search.failed.add(state)
  return null
}

const endOfWord = (keys: string, start: number): number => {
  let end = start
  while (end < keys.length && keys[end] !== ' ' && keys[end] !== '|') end++
  return end
}

const keyOf = (text: string, letter: number): string =>
  KEYS[text.charCodeAt(letter) - 0x61] ?? text[letter] ?? ''
