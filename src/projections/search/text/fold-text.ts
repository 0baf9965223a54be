import { foldCharacters } from './fold-characters.ts'
import type { TextRange } from '../hit.ts'

/** A text as it is compared, and where its characters come from. */
export interface FoldedText {
  readonly text: string
  /** For each unit of the folded text, the start of its character in the original. Null: all are where they were. */
  readonly starts: readonly number[] | null
  /** The same with the ends. */
  readonly ends: readonly number[] | null
}

/** Longer texts are searched up to here (UTF-16 code units): no text may make a search slow. */
export const LONGEST_TEXT = 1000

const ASCII = /^[\0-\x7F]*$/
const FIRST_MARK = 0x300
/**
 * A character with its marks. Half-width voicing marks count as such. At most 30, as in the Stream-Safe Text Format
 * (UAX #15): putting many marks in order takes quadratic time.
 */
const CHARACTER = /[^][\p{M}\uFF9E\uFF9F]{0,30}/uy

/** Folds a text, so that two spellings of one name become equal. */
export const foldText = (original: string, foldCharacter = foldOnce): FoldedText => {
  const searched = original.length > LONGEST_TEXT ? original.slice(0, LONGEST_TEXT) : original
  if (ASCII.test(searched)) return { text: searched.toLowerCase(), starts: null, ends: null }
  const starts: number[] = []
  const ends: number[] = []
  let text = ''
  let start = 0
  while (start < searched.length) {
    const end = endOfCharacter(searched, start)
    const folded = foldCharacter(searched.slice(start, end))
    text += folded
    for (let unit = 0; unit < folded.length; unit++) {
      starts.push(start)
      ends.push(end)
    }
    start = end
  }
  return { text, starts, ends }
}

/** What German and Nordic letters are typed as where a keyboard lacks them. Without their marks, they are folded as well. */
const TRANSCRIPTIONS = new Map([
  ['ä', 'ae'],
  ['ö', 'oe'],
  ['ü', 'ue'],
  ['ø', 'oe'],
  ['å', 'aa'],
])
const MAY_BE_TRANSCRIBED = /[\u0308\u030Aäöüøå]/iu

/** Folds a text as it is typed without umlauts: `mueller` for Müller. Null if it has no such letter. */
export const transcribeText = (original: string): FoldedText | null =>
  MAY_BE_TRANSCRIBED.test(original)
    ? foldText(
        original,
        (character) => TRANSCRIPTIONS.get(character.normalize('NFC').toLowerCase()) ?? foldOnce(character),
      )
    : null

/** The characters of the original that became a part of the folded text. */
export const originalRange = ({ starts, ends }: FoldedText, from: number, to: number): TextRange => [
  starts?.[from] ?? from,
  ends?.[to - 1] ?? to,
]

const endOfCharacter = (text: string, start: number): number => {
  const next = text.charCodeAt(start + 1)
  if (text.charCodeAt(start) < FIRST_MARK && !(next >= FIRST_MARK)) return start + 1
  CHARACTER.lastIndex = start
  CHARACTER.test(text)
  return CHARACTER.lastIndex
}

/** What single code units fold to: at most 65,536, and a few hundred in fact. */
const known = new Map<string, string>()

const foldOnce = (character: string): string => {
  if (character.length > 1) return foldCharacters(character)
  let folded = known.get(character)
  if (folded === undefined) known.set(character, (folded = foldCharacters(character)))
  return folded
}
