import { getCountries, parsePhoneNumberFromString } from 'libphonenumber-js/core'
import type { CountryCode, PhoneNumber } from 'libphonenumber-js/core'
import metadata from 'libphonenumber-js/metadata.max.json'
import { splitExtension } from './extension.ts'

/** How numbers are dialled where this device is. */
export interface PhoneSettings {
  /**
   * The country whose national numbers are meant, as in ISO 3166-1 alpha-2. Without it, or if it is unknown, only numbers
   * with `+` and a country code are certain to be the same.
   */
  readonly country?: string
  /** What a PBX wants before a number outside of it, such as `9` or `0`. */
  readonly outsideLine?: string
  /** How many digits the internal numbers of the PBX have. */
  readonly extensionLengths?: readonly number[]
}

/** A number as far as it is understood. */
export interface NumberReading {
  /** With `+`, at most 15 digits (ITU-T E.164). Null if it is internal, short, local, or otherwise unsure. */
  readonly e164: string | null
  /** Whether it is written with a `+`. */
  readonly isInternational: boolean
  /** The extension behind the number, its digits only. */
  readonly extension: string | null
  /** The dialled characters: digits, `*` and `#`, and a `+` only behind these (`#31#+49…`), without the extension. */
  readonly digits: string
  /** The extension as it is dialled after the number: pauses, digits and `#`. */
  readonly afterwards: string
}

const COUNTRIES = new Map<string, CountryCode>(getCountries(metadata).map((code) => [code, code]))

/** Up to this many digits are internal numbers, emergency numbers and short codes. */
const LONGEST_SHORT_CODE = 6

/** Local numbers, which lack their area code, have no more digits: those of Brazilian mobiles. */
const LONGEST_LOCAL_NUMBER = 9

/** Longer texts are not parsed: they are no numbers, and parsing them would only take time. */
const LONGEST_NUMBER = 100

/**
 * Reads a number in ASCII digits. Costs one parse of libphonenumber, or up to four if the text is odd. Of more than 100
 * characters, only the digits are read.
 */
export const readNumber = (text: string, { country }: PhoneSettings): NumberReading => {
  if (text.length > LONGEST_NUMBER)
    return { e164: null, extension: null, afterwards: '', ...dialled(bare(text)) }
  const { main, ...extension } = splitExtension(text)
  const defaultCountry = knownCountry(country)
  for (const form of formsOf(main)) {
    const e164 = toE164(form, defaultCountry)
    if (e164 !== null) return { e164, ...dialled(form), ...extension }
  }
  const number = bare(main)
  return { e164: null, ...dialled(hasKeypadLetters(number) ? onKeypad(number) : number), ...extension }
}

/**
 * The text as it is; then without the words before the number, with a clear `+`, and with letters as digits or without
 * the words behind it; then without a `(0)` that was put in.
 */
function* formsOf(text: string): Generator<string> {
  yield text
  const number = bare(text)
  if (hasKeypadLetters(number)) yield onKeypad(number)
  else if (number !== text || /\p{L}/u.test(number)) yield number.replace(/[\s([]*\p{L}.*$/u, '')
  if (text.includes('(0)')) yield text.replace('(0)', '')
}

/** `1-800-555-TELL`. */
const LONGEST_BEFORE_LETTERS = 8

/** `1-800-FLOWERS`: capitals behind digits that are too few for a number, at least three of them as in libphonenumber. */
const hasKeypadLetters = (text: string): boolean =>
  /^[+\d][\d\s().-]*[A-Z][A-Z\d\s-]*$/.test(text) &&
  text.replaceAll(/\D/g, '').length <= LONGEST_BEFORE_LETTERS &&
  text.replaceAll(/[^A-Z]/g, '').length >= 3

/** The letters on the keys of a phone (ITU-T E.161). */
const onKeypad = (text: string): string =>
  text.replaceAll(/[A-Z]/g, (letter) => '22233344455566677778889999'.charAt(letter.charCodeAt(0) - 65))

/** Without the words before the number, and with a clear `+`. */
export const bare = (text: string): string =>
  text.replace(/^[^\d*#+(]+/, '').replace(/^[^\d*#]*\+[^\d*#]*/, '+')

const dialled = (text: string): Pick<NumberReading, 'digits' | 'isInternational'> => {
  const isInternational = text.startsWith('+')
  const number = isInternational ? text.replace('(0)', '') : text
  return { isInternational, digits: number.replaceAll(/(?<![*#])\+|[^\d*#+]/g, '') }
}

const knownCountry = (country: string | undefined): CountryCode | undefined =>
  COUNTRIES.get(country?.toUpperCase() ?? '')

const parse = (text: string, defaultCountry: CountryCode | undefined): PhoneNumber | undefined =>
  parsePhoneNumberFromString(text, { extract: false, ...(defaultCountry && { defaultCountry }) }, metadata)

/** Whether digits, with or without a `+`, are a valid number: none that lacks its end, as an area code does. */
export const isValidNumber = (digits: string, { country }: PhoneSettings): boolean => {
  const defaultCountry = knownCountry(country)
  // The international prefix of most countries.
  const text = defaultCountry === undefined ? digits.replace(/^00/, '+') : digits
  return parse(text, defaultCountry)?.isValid() === true
}

const toE164 = (text: string, defaultCountry: CountryCode | undefined): string | null => {
  const written = text.replaceAll(/\D/g, '')
  if (written.length <= LONGEST_SHORT_CODE || /[*#]/.test(text)) return null
  const number = parse(text, defaultCountry)
  if (number === undefined || number.number.length > 16 || !number.isPossible()) return null
  if (isForeignTrunk(text, number)) return null
  return written === number.nationalNumber && isLocal(number) ? null : number.number
}

/**
 * Whether a number without a country code seems to be a national one of another country: it begins with a 0 that this
 * country does not dial. libphonenumber takes the French 0207157152 for a possible number of the USA.
 */
const isForeignTrunk = (text: string, number: PhoneNumber): boolean =>
  !text.startsWith('+') && number.nationalNumber.startsWith('0') && !number.isValid()

/**
 * Whether a number that is written without trunk prefix seems to lack its area code as well. libphonenumber takes the
 * German local number 5551234 for one of Northeim, +49 5551 234, for it knows no local numbers. Only the whole metadata tell
 * that the Brazilian 98765-4321 is no valid number.
 */
const isLocal = (number: PhoneNumber): boolean => {
  const { length } = number.nationalNumber
  if (length > LONGEST_LOCAL_NUMBER) return false
  return !number.isValid() || (length <= 8 && writesTrunkPrefix(number))
}

const writesTrunkPrefix = (number: PhoneNumber): boolean =>
  number.formatNational().replaceAll(/\D/g, '') !== number.nationalNumber

/** The number behind the outside line, if the text begins with it and a number outside follows. Null otherwise. */
export const readBehindOutsideLine = (text: string, settings: PhoneSettings): NumberReading | null => {
  const { outsideLine = '' } = settings
  if (outsideLine === '' || !text.startsWith(outsideLine)) return null
  const number = readNumber(text.slice(outsideLine.length).replace(/^[\s,;.-]+/, ''), settings)
  return number.e164 === null ? null : number
}
