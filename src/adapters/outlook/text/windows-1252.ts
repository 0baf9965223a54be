/**
 * The characters of the bytes 0x80 to 0x9f (WHATWG Encoding, index windows-1252). Node decodes them as ISO 8859-1 in some
 * versions (nodejs/node issue 56542).
 */
const special = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/** A text as windows-1252 has it, from one whose characters may be those of ISO 8859-1. */
export const asWindows1252 = (text: string): string =>
  text.replace(/[\u0080-\u009f]/g, (character) => special[character.charCodeAt(0) - 0x80] ?? character)

/** The bytes from which a text was decoded as windows-1252; null if it was not. */
export const windows1252Bytes = (text: string): Uint8Array | null => {
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    const index = unit < 0x80 || (unit >= 0xa0 && unit <= 0xff) ? -1 : special.indexOf(text.charAt(at))
    if (index < 0 && unit > 0xff) return null
    bytes[at] = index < 0 ? unit : 0x80 + index
  }
  return bytes
}
