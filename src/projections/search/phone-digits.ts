import { foldText, originalRange } from './text/fold-text.ts'
import type { FoldedText } from './text/fold-text.ts'
import type { TextRange } from './hit.ts'

/**
 * A way to write a number: a mark, its digits, and `;`. Marks: `+` international, `~` the national form of an
 * international number, `#` as it was written.
 */
interface NumberForm {
  readonly text: string
  /** Units before the first digit that was written. */
  readonly lead: number
  /** Digits of the number that are left out. */
  readonly omitted: number
}

interface WrittenNumber {
  readonly digits: string
  /** For each digit, its place in the folded text. */
  readonly places: readonly number[]
  readonly isInternational: boolean
}

/** Patterns for the forms of numbers. */
export interface NumberQuery {
  /** Any will do. */
  readonly patterns: readonly string[]
  /** The number as a whole, in any form. */
  readonly whole: readonly string[]
}

/** Digits beyond are not searched. E.164 allows 15; extensions follow. */
const MOST_DIGITS = 40
/** Shorter ones would match the beginning of too many national numbers. */
const SHORTEST_NATIONAL = 3
/** Written for callers at home, and not dialled from abroad: `+49 (0)30 …`. */
const TRUNK_ZERO = /^(\D*\d{1,3}[\s.-]*)\(0\)/
const INTERNATIONAL = /^[^\d+]*\+/

/** A number in all of its forms, and where its digits stand. */
export interface SearchedNumber {
  readonly folded: FoldedText
  readonly places: readonly number[]
  readonly forms: readonly NumberForm[]
}

/** Reads a number once for all terms of a query. */
export const readNumber = (value: string): SearchedNumber => {
  const folded = foldText(value)
  const number = writtenNumber(folded.text)
  return { folded, places: number.places, forms: formsOf(number) }
}

/** All forms of a number in one text, in which the patterns of a query are looked for. */
export const numberForms = (value: string): string =>
  readNumber(value).forms.reduce((all, { text }) => all + text, '')

/** What to look for. `isInternational`: a `+` was typed before the digits. */
export const numberQuery = (typed: string, isInternational: boolean): NumberQuery => {
  const digits = typed.slice(0, MOST_DIGITS)
  const international = isInternational ? digits : digits.startsWith('00') ? digits.slice(2) : null
  const patterns = [digits]
  if (international !== null) {
    patterns.push(`+${international}`)
    const codeLength = countryCodeLength(international)
    const national = international.slice(codeLength)
    // A number that was written for use at home, in the country of the one who searches.
    if (national.length >= SHORTEST_NATIONAL)
      patterns.push(`#${national}`, `#${trunkPrefix(international.slice(0, codeLength))}${national}`)
  }
  const all = `${international || digits};`
  return { patterns, whole: [`+${all}`, `~${all}`, `#${all}`] }
}

export const matchesNumber = (forms: string, { patterns }: NumberQuery): boolean =>
  includesAny(forms, patterns)

export const isWholeNumber = (forms: string, { whole }: NumberQuery): boolean => includesAny(forms, whole)

const includesAny = (forms: string, patterns: readonly string[]): boolean => {
  for (const pattern of patterns) if (forms.includes(pattern)) return true
  return false
}

/** The stretches of a number as written that match. */
export const numberRanges = (
  { folded, places, forms }: SearchedNumber,
  { patterns }: NumberQuery,
): readonly TextRange[] => {
  for (const pattern of patterns)
    for (const { text, lead, omitted } of forms) {
      const at = text.indexOf(pattern)
      if (at === -1) continue
      const first = places[Math.max(0, at - lead) + omitted]
      const last = places[Math.max(0, at + pattern.length - 1 - lead) + omitted]
      if (first !== undefined && last !== undefined) return [originalRange(folded, first, last + 1)]
    }
  return []
}

/** What countries want before a national number, where it is not 0 (ITU-T, "Dialling procedures"), by country code. */
const TRUNK_PREFIXES: Readonly<Record<string, string>> = { 7: '8', 36: '06', 375: '80', 993: '8' }

const trunkPrefix = (countryCode: string): string => TRUNK_PREFIXES[countryCode] ?? '0'

const formsOf = ({ digits, isInternational }: WrittenNumber): readonly NumberForm[] => {
  if (digits === '') return []
  if (!isInternational) return [{ text: `#${digits};`, lead: 1, omitted: 0 }]
  const omitted = countryCodeLength(digits)
  const national = digits.slice(omitted)
  const trunk = trunkPrefix(digits.slice(0, omitted))
  const forms = [{ text: `+${digits};`, lead: 1, omitted: 0 }]
  // Italian numbers keep their zero.
  if (national !== '' && !national.startsWith('0'))
    forms.push({ text: `~${trunk}${national};`, lead: 1 + trunk.length, omitted })
  return forms
}

const writtenNumber = (folded: string): WrittenNumber => {
  const plus = INTERNATIONAL.test(folded)
  const zero = plus ? TRUNK_ZERO.exec(folded)?.[1]?.length : undefined
  const places: number[] = []
  let digits = ''
  for (let place = 0; place < folded.length && places.length < MOST_DIGITS; place++) {
    const unit = folded[place] ?? ''
    if (unit < '0' || unit > '9' || place - 1 === zero) continue
    places.push(place)
    digits += unit
  }
  if (plus || !digits.startsWith('00')) return { digits, places, isInternational: plus }
  return { digits: digits.slice(2), places: places.slice(2), isInternational: true }
}

/** Country codes of two digits. Those that begin with 1 or 7 have one, all others three (ITU-T E.164, Annex D). */
const TWO_DIGITS = /^(?:2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/

const countryCodeLength = (digits: string): number =>
  /^[17]/.test(digits) ? 1 : TWO_DIGITS.test(digits) ? 2 : 3
