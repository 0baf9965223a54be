/** Begins where a run of separators does: to try it from each of them would take quadratic time. */
const EXTENSION =
  /(?<![,;\s])\s*(?:;ext=|[,;\s]*(?:e?xt(?:ensi[oó])?n?|x|int|anexo|доб|durchwahl|dw|[~pw]|\s#)[.:\s]*|([,;][,;\s]*))(\d{1,15})\s*(#?)\s*$/iu

/** Cuts off the extension behind a number. */
export const splitExtension = (
  text: string,
): {
  readonly main: string
  /** Its digits only. */
  readonly extension: string | null
  /** As it is dialled after the number: pauses, digits and `#`. */
  readonly afterwards: string
} => {
  const match = EXTENSION.exec(text)
  const main = match === null ? text : text.slice(0, match.index)
  // Behind one or two digits comes no extension: `9,12065550100` waits for a line.
  if (match === null || main.replaceAll(/\D/g, '').length < 3)
    return { main: text, extension: null, afterwards: '' }
  const [, pauses = ',', extension = '', hash = ''] = match
  return { main, extension, afterwards: pauses.replaceAll(/\s/g, '').replaceAll(';', ',') + extension + hash }
}

/** Longer texts hold more than a number. */
const LONGEST_NUMBER = 100

/** What may stand between two numbers in one text, or within one. */
const BETWEEN = /[\n/|]|\p{L}+/u

/** Parts with as many digits are numbers of their own. */
const LOCAL_NUMBER = 7

/**
 * The extension of a number as a contact has it, its digits only; null if it has none, or if the text has more than one number.
 * No source has a field for it: it is part of the value that the person wrote. So it is read here and never stored, and is
 * there for contacts too that were imported before it was read. Never throws.
 */
export const phoneExtension = (text: string): string | null => {
  if (text.length > LONGEST_NUMBER || text.includes('@')) return null
  const { main, extension } = splitExtension(text)
  const numbers = main.split(BETWEEN).filter((part) => part.replaceAll(/\D/g, '').length >= LOCAL_NUMBER)
  return numbers.length > 1 ? null : extension
}
