/** Longer texts are no numbers or addresses; reading them would only take time. */
const LONGEST = 500

/** Zero of the digits of other scripts; one to nine follow (Unicode: general category Nd). NFKC maps full width. */
const ZEROS = [
  ...[0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66],
  ...[0x0e50, 0x0ed0, 0x0f20, 0x1040, 0x17e0, 0x1810],
]
const DIGITS = new Map(
  ZEROS.flatMap((zero) => Array.from({ length: 10 }, (_, n) => [String.fromCodePoint(zero + n), `${n}`])),
)

const LINE_BREAK = /[\n\v\f\r\u0085\u2028\u2029]/

/** User parts and words that stand for a caller who is not told: RFC 3323 section 4.1, 3GPP TS 23.003 section 13.6. */
const WITHHELD = new Set(
  ['anonymous', 'unknown', 'unavailable', 'withheld', 'restricted', 'private', 'blocked'].flatMap((word) => [
    word,
    `${word} number`,
    `${word} caller`,
  ]),
)

/** What a text says about who calls or is called. */
export interface CallAddress {
  /** The text without display name and invisible marks. */
  readonly address: string
  /** A SIP address as `user@host`, or a name without host, in lower case. Null for a plain number. */
  readonly uri: string | null
  /** The user part of a SIP address, in lower case. */
  readonly user: string | null
  /** The number, or the part of the address that may be one. Empty if there is none. */
  readonly number: string
}

/**
 * Reads what a phone, a PBX or a contact writes: a number, a `tel:` URI (RFC 3966), or a SIP address (RFC 3261), with or
 * without a display name. Null if it names no one: an empty text, a withheld caller, or more than 500 characters.
 */
export const readCallAddress = (text: string): CallAddress | null => {
  if (text.length > LONGEST) return null
  const whole = plain(text)
  if (whole.length > LONGEST) return null
  const address = (/<([^<>]+)>/.exec(whole)?.[1] ?? whole).trim()
  const [, scheme = '', rest = ''] = /^(?:(sips?|im|tel|callto):)?(.*)$/is.exec(address) ?? []
  const read = rest.includes('@') ? readSip(rest) : readNumberOrName(rest, scheme)
  return read === null || WITHHELD.has(read.user ?? read.uri ?? '') ? null : { address, ...read }
}

/** In ASCII as far as digits and separators go, without invisible marks. Of white space, only line breaks differ. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/[\p{Cf}\p{Cs}]/gu, '')
    .replaceAll(/[\p{Cc}\p{Z}]+/gu, (space) => (LINE_BREAK.test(space) ? '\n' : ' '))
    .replaceAll(/[\p{Pd}\u2212]/gu, '-')
    .replaceAll(/(?![0-9])\p{Nd}/gu, (digit) => DIGITS.get(digit) ?? digit)
    .trim()

const readSip = (address: string): Omit<CallAddress, 'address'> | null => {
  const at = address.lastIndexOf('@')
  const user = unescaped(address.slice(0, at).replace(/:.*$/s, ''))
  const host = address
    .slice(at + 1)
    .replace(/[;?].*$/s, '')
    .replace(/:\d*$/, '')
    .toLowerCase()
  if (user === '') return null
  if (host === '') return readNumberOrName(user, '')
  const name = user.replace(/;.*$/s, '').toLowerCase()
  return { uri: `${name}@${host}`, user: name, number: /^[+\d*#(]/.test(user) ? withContext(user) : '' }
}

const readNumberOrName = (text: string, scheme: string): Omit<CallAddress, 'address'> | null => {
  const number = /^tel$/i.test(scheme) ? withContext(text) : text
  if (number === '') return null
  const isName = !/\d/.test(number)
  return { uri: isName ? number.toLowerCase() : null, user: null, number: isName ? '' : number }
}

/** The parameters of RFC 3966: a local number belongs to its `phone-context`, and only `ext` stays. */
const withContext = (text: string): string => {
  const [number = '', ...parameters] = text.split(';')
  const context = parameters.map((parameter) => /^phone-context=(\+[\d.()-]+)$/i.exec(parameter)?.[1])
  const extension = parameters.find((parameter) => /^ext=/i.test(parameter))
  const prefix = number.startsWith('+') ? '' : (context.find((prefix) => prefix !== undefined) ?? '')
  return prefix + number + (extension === undefined ? '' : `;${extension}`)
}

const unescaped = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
