import type { TextRange } from './hit.ts'
import type { Chunk } from './split-words.ts'

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
  for (let start = 0; start < keys.length; start = endOfWord(keys, start) + 1) {
    const ranges = matchFrom(keys, start, digits, 0)
    if (ranges) return ranges
  }
  return null
}

const matchFrom = (keys: string, start: number, digits: string, done: number): TextRange[] | null => {
  let equal = 0
  while (done + equal < digits.length && keys[start + equal] === digits[done + equal]) equal++
  if (equal === 0) return null
  if (done + equal === digits.length) return [[start, start + equal]]
  if (keys[start + equal] === ' ') {
    const others = matchFrom(keys, start + equal + 1, digits, done + equal)
    if (others) return [[start, start + equal], ...others]
  }
  const end = endOfWord(keys, start)
  const others = keys[end] === ' ' ? matchFrom(keys, end + 1, digits, done + 1) : null
  return others && [[start, start + 1], ...others]
}

const endOfWord = (keys: string, start: number): number => {
  let end = start
  while (end < keys.length && keys[end] !== ' ' && keys[end] !== '|') end++
  return end
}

const keyOf = (text: string, letter: number): string =>
  KEYS[text.charCodeAt(letter) - 0x61] ?? text[letter] ?? ''
