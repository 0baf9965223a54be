import { splitExtension } from './extension.ts'
import { bare, isValidNumber } from './read-number.ts'
import type { PhoneSettings } from './read-number.ts'

/** Numbers beyond are not read, and places beyond are not looked at: each may cost three parses. */
const MOST_NUMBERS = 3
const MOST_SEPARATORS = 5
const LONGEST_FIELD = 120

/** Of E.164, and two for an international prefix. */
const MOST_DIGITS = 17
/** A separator within fewer digits belongs to a word, such as `24/7`. */
const FEWEST_DIGITS = 3
/** Area codes with their trunk prefix have up to six digits (`033200`), most have fewer. */
const LONG_AREA_CODE = 5
const LOCAL_NUMBER = 7
/** `030 901820/21` also ends in 21. */
const LONGEST_ENDING = 3

/**
 * Between two numbers, or within one: a line break or a slash. Between two numbers: `or` and `and` in languages that this
 * is written in, and a further `+` that is not behind a code such as `#31#`.
 */
const SEPARATOR =
  /\n|[/|]|\s(?:or|oder|ou|o|of|eller|veya|или|and|und|et|y|e|en|och|og|ve|и|bzw\.?|&)\s(?=.*\d)|(?<![*#+(]|[*#]\()(?=\(?\+)/giu

/**
 * The numbers in a text, the first as far as the next begins. `(030) 901820 / 0171 2345678` has two, and `030/901820` has
 * one, because 030 is no number: the metadata of the country decide, or without a country the lengths.
 */
export const splitNumbers = (text: string, settings: PhoneSettings): readonly string[] => {
  if (text.length > LONGEST_FIELD) return [text]
  const numbers: string[] = []
  let start = 0
  let seen = 0
  const separators = [...text.matchAll(SEPARATOR)]
  for (const [place, { 0: separator, index }] of separators.entries()) {
    const before = text.slice(start, index)
    if (digitsOf(before).length < FEWEST_DIGITS) continue
    if (++seen > MOST_SEPARATORS) break
    const isEither = separator === '\n' || separator === '/'
    const next = text.slice(index + separator.length, separators[place + 1]?.index)
    const after = text.slice(index + separator.length)
    if (isEither && continues({ before, separator, next, after, settings })) continue
    numbers.push(before)
    start = index + separator.length
    if (numbers.length === MOST_NUMBERS) return numbers
  }
  return [...numbers, text.slice(start)].filter((number, place) => place === 0 || digitsOf(number) !== '')
}

interface Place {
  readonly before: string
  readonly separator: string
  /** As far as the next separator. */
  readonly next: string
  /** The rest of the text. */
  readonly after: string
  readonly settings: PhoneSettings
}

/** Whether the number goes on behind the separator. */
const continues = ({ before, separator, next, after, settings }: Place): boolean => {
  const digits = digitsOf(before)
  const nextDigits = digitsOf(next)
  if (nextDigits === '') return true
  if (digits.length + nextDigits.length > MOST_DIGITS) return false
  const isValid = (number: string) => isValidNumber(digitsWithPlus(number), settings)
  const startsWithTrunkPrefix = nextDigits.startsWith('0')
  if (digits.length >= LOCAL_NUMBER && isValid(before)) return false
  if (isValid(before + next) || isValid(before + after)) return !(startsWithTrunkPrefix && isValid(next))
  if (digits.length >= LONG_AREA_CODE && startsWithTrunkPrefix) return false
  const isLong = digits.length >= LOCAL_NUMBER && !isInternational(before)
  if (isLong && (nextDigits.length >= LOCAL_NUMBER || nextDigits.length <= LONGEST_ENDING)) return false
  if (digits.startsWith('0') || isInternational(before)) return true
  return separator === '/' && digits.length <= LONG_AREA_CODE && nextDigits.length >= LONG_AREA_CODE
}

const digitsOf = (text: string): string => text.replaceAll(/\D/g, '')

const isInternational = (text: string): boolean => /^(?:\+|00)/.test(digitsWithPlus(text))

const digitsWithPlus = (text: string): string => {
  const number = bare(splitExtension(text).main)
  const digits = digitsOf(number.replace('(0)', ''))
  return number.startsWith('+') ? `+${digits}` : digitsOf(number)
}
