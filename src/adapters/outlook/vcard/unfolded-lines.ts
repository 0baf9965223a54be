/** Characters of the longest line that is kept: longer ones are pictures, or have no end. */
const LONGEST_LINE = 1024 * 1024

/** A line of a vCard with its continuations. */
export interface ContentLine {
  readonly text: string
  /** Whether the line is too long, and `text` only its beginning. */
  readonly isCut: boolean
}

/** What no list of contacts needs, and what may be large. */
const binary = /^(?:[\w-]+\.)?(?:photo|logo|sound|key)[;:]/i

/** A line whose value says `=` at its end if it continues (vCard 2.1, section 2.1.3). */
const quotedPrintable = /^[^:]*;(?:encoding=)?quoted-printable[;:]/i

/** A line that may continue. */
interface OpenLine {
  text: string
  isCut: boolean
  /** Whether it continues in the next line, whatever that begins with. */
  isOpen: boolean
  readonly isBinary: boolean
  readonly isQuoted: boolean
}

/** Enough of a line to know its property. */
const BEGINNING = 128

/**
 * Joins the lines of vCards, which come in pieces that end anywhere, with their continuations. Holds no more than the longest
 * line that is kept.
 */
export class UnfoldedLines {
  /** In vCard 2.1 a line is folded before a white space that belongs to the value (section 2.1.3), later before one that does not. */
  keepsFoldSpace = false
  /** The beginning of a line whose end is not there yet. */
  #rest = ''
  #isRestCut = false
  #isReturned = false
  #line: OpenLine | null = null;

  /** The lines that this piece of text completes. */
  *push(text: string): Generator<ContentLine, void, undefined> {
    // A line end of two characters may be divided.
    const whole = this.#isReturned ? `\r${text}` : text
    this.#isReturned = whole.endsWith('\r')
    const lines = (this.#isReturned ? whole.slice(0, -1) : whole).split(/\r\n|\r|\n/)
    const rest = lines.pop() ?? ''
    for (const line of lines) yield* this.#completed(line)
    if (!this.#isRestCut) this.#rest += rest
    if (this.#rest.length <= LONGEST_LINE) return
    this.#isRestCut = true
    this.#rest = this.#rest.slice(0, BEGINNING)
  }

  /** The last line. */
  *end(): Generator<ContentLine, void, undefined> {
    yield* this.#completed('')
    yield* this.#add('', false)
  }

  *#completed(text: string): Generator<ContentLine, void, undefined> {
    const [rest, isCut] = [this.#rest, this.#isRestCut]
    this.#rest = ''
    this.#isRestCut = false
    yield* this.#add(isCut ? rest : rest + text, isCut)
  }

  *#add(text: string, isCut: boolean): Generator<ContentLine, void, undefined> {
    const line = this.#line
    if (line?.isOpen) this.#append(line, text, isCut)
    else if (line && /^[ \t]/.test(text))
      this.#append(line, this.keepsFoldSpace ? text : text.slice(1), isCut)
    else {
      if (line) yield { text: line.text, isCut: line.isCut }
      const head = text.slice(0, 2 * BEGINNING)
      const [isBinary, isQuoted] = [binary.test(head), quotedPrintable.test(head)]
      this.#line = text === '' ? null : { text: '', isCut: false, isOpen: false, isBinary, isQuoted }
      if (this.#line) this.#append(this.#line, text, isCut)
    }
  }

  #append(line: OpenLine, text: string, isCut: boolean): void {
    const isOpen = line.isQuoted && text.endsWith('=') && !isCut
    line.isOpen = isOpen
    if (line.isCut || (line.isBinary && line.text !== '')) return
    line.text += isOpen ? text.slice(0, -1) : text
    if (!line.isBinary && !isCut && line.text.length <= LONGEST_LINE) return
    line.text = line.text.slice(0, BEGINNING)
    line.isCut = !line.isBinary
  }
}
