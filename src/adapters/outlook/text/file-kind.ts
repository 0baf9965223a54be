import type { Encoding } from './encoding.ts'
import { unreadable, WrongEncoding } from './file-text.ts'
import { asWindows1252 } from './windows-1252.ts'

/** What a file holds. */
export type FileKind = 'vcards' | 'table'

/** Controls that no text has; a tab, line ends, and the end of a file of MS-DOS may be there. */
const control = /[\0-\x08\x0e-\x19\x1b-\x1f\x7f]/

const card = /^\s*begin[ \t]*:[ \t]*vcard\b/i

/** The text of the first bytes of a file, which may end within a character. Throws `WrongEncoding`. */
export const beginningOf = (prefix: Uint8Array, { label, isGuess }: Encoding): string => {
  try {
    const text = new TextDecoder(label, { fatal: isGuess }).decode(prefix, { stream: true })
    return label === 'windows-1252' ? asWindows1252(text) : text
  } catch (cause) {
    throw new WrongEncoding(undefined, { cause })
  }
}

/**
 * What a text is, by its beginning. Throws `file-unreadable` for what is no list of contacts: nothing, a program's data, a
 * web page that was saved instead of the list.
 */
export const kindOf = (beginning: string, name: string): FileKind => {
  if (beginning.trim() === '') throw unreadable('the file is empty')
  if (control.test(beginning)) throw unreadable('the file is no text')
  if (/^\s*</.test(beginning)) throw unreadable('the file is a web page or another document')
  const isCards =
    card.test(beginning) || (/\.(?:vcf|vcard)$/i.test(name) && /^begin[ \t]*:[ \t]*vcard\b/im.test(beginning))
  return isCards ? 'vcards' : 'table'
}
