/** How the bytes of a file become text. */
export interface Encoding {
  readonly label: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'
  /** Whether a byte sequence that the encoding does not have proves that the file has another encoding. */
  readonly isGuess: boolean
}

/** What classic Outlook writes in Western Europe and America, without saying so: the code page of Windows. */
export const codePage: Encoding = { label: 'windows-1252', isGuess: false }

/** The encoding that the first bytes of a file show, by a byte order mark or by the zeros between Latin letters. */
export const likelyEncoding = (prefix: Uint8Array): Encoding => {
  if (begins(prefix, 0xef, 0xbb, 0xbf)) return { label: 'utf-8', isGuess: false }
  if (begins(prefix, 0xff, 0xfe)) return { label: 'utf-16le', isGuess: false }
  if (begins(prefix, 0xfe, 0xff)) return { label: 'utf-16be', isGuess: false }
  const [even, odd] = [zerosAt(prefix, 0), zerosAt(prefix, 1)]
  if (odd > MOSTLY && even < RARELY) return { label: 'utf-16le', isGuess: false }
  if (even > MOSTLY && odd < RARELY) return { label: 'utf-16be', isGuess: false }
  return { label: 'utf-8', isGuess: true }
}

/** Column names are Latin in many languages, and so are the names of properties in all. */
const MOSTLY = 0.6
const RARELY = 0.05

const begins = (bytes: Uint8Array, ...mark: readonly number[]): boolean =>
  mark.every((byte, index) => bytes[index] === byte)

/** The share of zeros among every second byte. */
const zerosAt = (bytes: Uint8Array, first: 0 | 1): number => {
  let zeros = 0
  for (let at = first; at < bytes.length; at += 2) if (bytes[at] === 0) zeros++
  return bytes.length < 2 ? 0 : zeros / Math.floor(bytes.length / 2)
}
