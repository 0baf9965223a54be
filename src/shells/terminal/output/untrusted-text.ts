/** C0 and C1 controls, DEL, and the line and paragraph separators, which a terminal might obey (ECMA-48). */
const controls = /[\p{Cc}\u2028\u2029]+/gu

/** Embeddings, overrides and isolates, which could reorder the surrounding text (UAX #9). */
const directions = /[\u202a-\u202e\u2066-\u2069]/gu

/** Lone halves of surrogate pairs, which no terminal can show. */
const loneSurrogates = /\p{Cs}/gu

/**
 * Makes text from a service (the name of a contact or a folder) safe to print in a line, so that it can neither control
 * the terminal nor break the line.
 */
export const untrustedText = (text: string): string =>
  text.replace(controls, ' ').replace(directions, '').replace(loneSurrogates, '\ufffd').trim()

/** Text of several lines without what a terminal might obey: a file that is printed. */
export const withoutCommands = (text: string): string =>
  text.replace(/[^\P{Cc}\t\r\n]|[\u2028\u2029]/gu, '').replace(directions, '')

/**
 * Characters of scripts that are written from right to left: the blocks whose characters have that direction by default
 * (Unicode's DerivedBidiClass.txt), and the right-to-left mark.
 */
const rightToLeft =
  /[\u0590-\u08ff\u200f\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u

/**
 * The same, isolated if it is written from right to left, so that it does not reorder the line (UAX #9: FSI, PDI). Other
 * text, such as a number, needs no isolation, and some terminals draw its characters.
 */
export const isolatedText = (text: string): string => {
  const safe = untrustedText(text)
  return rightToLeft.test(safe) ? `\u2068${safe}\u2069` : safe
}

/**
 * JSON text of a value, in one line that is safe to print: escapes the control characters that JSON itself allows (DEL, C1,
 * separators, overrides). This changes no value.
 */
export const jsonLine = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
