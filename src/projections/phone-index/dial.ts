import { readCallAddress } from './call-address.ts'
import type { CallAddress } from './call-address.ts'
import { readBehindOutsideLine, readNumber } from './read-number.ts'
import type { NumberReading, PhoneSettings } from './read-number.ts'
import { splitNumbers } from './split-numbers.ts'

/** How to call a number. */
export interface DialString {
  /**
   * What to dial, as the source wrote it: digits, `*`, `#`, a `+` in front, and commas as pauses behind the outside line
   * and before an extension. A SIP address stays as it is. Empty if nothing of the text can be dialled. The outside line is not put in front.
   */
  readonly text: string
  /** `tel:` with the number in E.164 and its `;ext=` (RFC 3966 section 3). Null if the number is not sure. */
  readonly uri: string | null
  /** The extension behind the number, its digits only, which `text` and `uri` dial too. Null: it has none. */
  readonly extension: string | null
}

/**
 * What to dial for a number as a contact has it; of several numbers in one text, the first. A number is sure if it has a country code, or is a possible number of the
 * country in the settings; short codes, internal and local numbers never are. Never throws.
 */
export const dial = (text: string, settings: PhoneSettings): DialString => {
  const call = readCallAddress(text)
  if (call === null) return { text: '', uri: null, extension: null }
  const [number = ''] = splitNumbers(call.number, settings)
  const reading = readNumber(number, settings)
  const uri = isSure({ ...call, number }, reading, settings) ? telUri(reading) : null
  const { extension } = reading
  if (call.user !== null) return { text: call.address, uri, extension }
  // The zero of "0049 (0)30" is not dialled.
  const hasOptionalZero = /\(\s*0\s*\)/.test(number) && reading.e164 !== null && /^\s*00/.test(number)
  const dialled = hasOptionalZero ? `${reading.e164}${reading.afterwards}` : dialText(reading, number)
  return { text: dialled, uri, extension }
}

const telUri = ({ e164, extension }: NumberReading): string =>
  `tel:${e164}${extension === null ? '' : `;ext=${extension}`}`

const dialText = ({ e164, digits, isInternational, afterwards }: NumberReading, written: string): string => {
  if (digits === '') return ''
  if (isInternational) return (e164 ?? `+${digits}`) + afterwards
  const [, line = '', pauses = ''] = OUTSIDE_LINE.exec(written) ?? []
  return line + pauses.replaceAll(';', ',') + digits.slice(line.length) + afterwards
}

/** `9,12065550100` waits for a line. */
const OUTSIDE_LINE = /^\s*(\d{1,2})\s*([,;]+)/

/**
 * Behind an outside line of `0`, the text `0030…` is a number of another city, and without it one of Greece. The host of a
 * SIP address may be in another country.
 */
const isSure = ({ number, user }: CallAddress, { e164 }: NumberReading, settings: PhoneSettings): boolean => {
  if (e164 === null) return false
  if (user !== null) return number.startsWith('+')
  const outside = readBehindOutsideLine(number, settings)
  return outside === null || outside.e164 === e164
}
