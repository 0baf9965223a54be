import { windows1252Bytes } from '../text/windows-1252.ts'
import type { Property } from './property.ts'

/** The texts of properties, as one version of vCard writes them. */
export class PropertyTexts {
  readonly #isOld: boolean

  /** @param version `2.1` has its own encodings and escapes; all others are the same */
  constructor(version: string) {
    this.#isOld = version === '2.1'
  }

  /** The value of a property as a text. */
  text(property: Property): string {
    return this.#unescaped(decoded(property))
  }

  /** The components of a structured value. */
  parts(property: Property): readonly string[] {
    return this.#divided(property, ';')
  }

  /** The values of a list. */
  list(property: Property): readonly string[] {
    return this.#divided(property, ',').filter((text) => text !== '')
  }

  #divided(property: Property, separator: string): readonly string[] {
    const [parts, value] = [[] as string[], decoded(property)]
    let start = 0
    for (let at = 0; at <= value.length; at++) {
      if (value[at] === '\\') at++
      else if (at === value.length || value[at] === separator) {
        parts.push(this.#unescaped(value.slice(start, at)))
        start = at + 1
      }
    }
    // A backslash at the very end escapes nothing.
    if (start <= value.length && value.endsWith('\\') && parts.length === 0)
      parts.push(this.#unescaped(value))
    return parts
  }

  /** RFC 6350, section 3.4. Version 2.1 escapes no line break, so a backslash before an `n` begins the name of a folder. */
  #unescaped(text: string): string {
    if (!text.includes('\\')) return text
    return this.#isOld
      ? text.replace(/\\([;,:])/g, '$1')
      : text.replace(/\\([nN;,:\\])/g, (_, character: string) =>
          character.toLowerCase() === 'n' ? '\n' : character,
        )
  }
}

/** The value without the encoding of vCard 2.1. */
const decoded = ({ parameters, value }: Property): string => {
  const charset = parameters.get('CHARSET')?.[0]
  if (parameters.get('ENCODING')?.[0]?.toUpperCase() === 'QUOTED-PRINTABLE')
    return textOf(quotedPrintableBytes(value), charset)
  if (charset === undefined || /^utf-?8$/i.test(charset) || !/[^\0-\x7f]/.test(value)) return value
  // The file as a whole was not UTF-8; this value knows better than the guess.
  const bytes = windows1252Bytes(value)
  return bytes === null ? value : textOf(bytes, charset, value)
}

const encoder = new TextEncoder()

/** RFC 2045, section 6.7. */
const quotedPrintableBytes = (value: string): Uint8Array => {
  const bytes = encoder.encode(value)
  let [length, at] = [0, 0]
  while (at < bytes.length) {
    const hex = bytes[at] === 0x3d ? String.fromCharCode(bytes[at + 1] ?? 0, bytes[at + 2] ?? 0) : ''
    const isByte = /^[\da-f]{2}$/i.test(hex)
    bytes[length++] = isByte ? parseInt(hex, 16) : (bytes[at] ?? 0)
    at += isByte ? 3 : 1
  }
  return bytes.subarray(0, length)
}

/** Without a known character set: UTF-8 if the bytes are, else what classic Outlook writes. */
const textOf = (bytes: Uint8Array, charset: string | undefined, otherwise?: string): string => {
  for (const label of [...(charset === undefined ? [] : [charset]), 'utf-8']) {
    try {
      return new TextDecoder(label, { fatal: true }).decode(bytes, { stream: true })
    } catch {
      continue
    }
  }
  return otherwise ?? new TextDecoder('windows-1252').decode(bytes, { stream: true })
}
