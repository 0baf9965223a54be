/** Octets of a line, without its end (RFC 6350, section 3.2; RFC 2426, section 2.6). */
const MOST_OCTETS = 75

/** Texts are joined into pieces of about this many characters: few writes, and none that takes long. */
const PIECE = 16 * 1024

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', ';': '\\;', ',': '\\,' }

/** A text value, or a part of one, of a vCard (RFC 6350, section 3.4; RFC 2426, section 4). The text must be clean. */
export const escapedText = (text: string): string =>
  text.replace(/[\\\n;,]/g, (character) => escapes[character] ?? '')

/** A quoted parameter value of a vCard (RFC 6868). The text must be clean. */
export const quotedParameter = (text: string): string =>
  `"${text.replaceAll('^', '^^').replaceAll('\n', '^n').replaceAll('"', "^'")}"`

/** A content line of a vCard, folded between characters and with its CRLF. The text must hold no lone surrogate. */
export const folded = (line: string): string => {
  const lines: string[] = []
  let [start, octets, most] = [0, 0, MOST_OCTETS]
  for (let index = 0; index < line.length; index++) {
    const unit = line.charCodeAt(index)
    const isPair = unit >= 0xd800 && unit < 0xdc00
    const size = unit < 0x80 ? 1 : unit < 0x800 ? 2 : isPair ? 4 : 3
    if (octets + size > most) {
      lines.push(line.slice(start, index))
      // The space that begins a continuation counts too.
      ;[start, octets, most] = [index, 0, MOST_OCTETS - 1]
    }
    octets += size
    if (isPair) index++
  }
  lines.push(line.slice(start))
  return `${lines.join('\r\n ')}\r\n`
}

/** Joins many small texts into pieces that are worth a write. */
export function* inPieces(texts: Iterable<string>): Generator<string, void, undefined> {
  let piece = ''
  for (const text of texts) {
    piece += text
    if (piece.length < PIECE) continue
    yield piece
    piece = ''
  }
  if (piece !== '') yield piece
}
