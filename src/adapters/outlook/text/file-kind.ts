import type { FileContent } from '../../../domain/failures.ts'
import type { Encoding } from './encoding.ts'
import { unreadable, WrongEncoding } from './file-text.ts'
import { asWindows1252 } from './windows-1252.ts'

/** What a file holds. */
export type FileKind = 'vcards' | 'table'

/** A control that no text has, in contrast to a tab and to line ends. */
const control = /(?![\t-\r\u0080-\u009f])\p{Cc}/u

/** Ends a file of MS-DOS. */
const END_OF_FILE = '\u001a'

const card = /^\s*begin[ \t]*:[ \t]*vcard\b/i

const holds = (fileHolds: FileContent) => unreadable(`the file holds ${fileHolds}`, undefined, { fileHolds })

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
 * The kind of a text, by its beginning. Throws `file-unreadable` for a text that holds no list of contacts: an empty one, a
 * program's data, a web page that was saved instead of the list.
 */
export const kindOf = (beginning: string, name: string): FileKind => {
  if (beginning.trim() === '') throw holds('nothing')
  if (control.test(beginning.replaceAll(END_OF_FILE, ''))) throw holds('no-text')
  if (/^\s*</.test(beginning)) throw holds('web-page')
  const isCards =
    card.test(beginning) || (/\.(?:vcf|vcard)$/i.test(name) && /^begin[ \t]*:[ \t]*vcard\b/im.test(beginning))
  return isCards ? 'vcards' : 'table'
}
