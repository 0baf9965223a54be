import { unreadable } from '../text/file-text.ts'
import { rowsIn, type Row } from './rows-in.ts'
import { lineOfLongQuote, lineOfOpenQuote, type RowShape, type StrayLine } from './stray-quotes.ts'

/** Characters of the longest row. Outlook's notes have at most some 64,000. */
const LONGEST_ROW = 512 * 1024

/** A table with more stray quotes is none, and each costs a look at everything behind it. */
const MOST_STRAY_QUOTES = 100

/**
 * The rows of a table, as many as each piece of text completes. Rows that are empty are left out.
 *
 * A row with a stray quote becomes an empty one, and those after it are read, if the quote means nothing: its column
 * has values of one line, and its line has a cell for each column. If the quote is never closed, each row after it must have a cell
 * for each column, too. No part of a note can become such a row. Throws `file-unreadable` for other open quotes, because the
 * beginnings of rows are unknown then.
 */
export async function* rowsOf(
  texts: AsyncIterable<string>,
  shape: RowShape,
): AsyncGenerator<readonly Row[], void, undefined> {
  const rows = new Rows(shape)
  for await (const text of texts) {
    const complete = rows.push(text)
    if (complete.length > 0) yield complete
  }
  const last = rows.end()
  if (last.length > 0) yield last
}

class Rows {
  readonly #shape: RowShape
  #rest = ''
  /** A row that is still incomplete would otherwise be parsed again with each piece. */
  #least = 0
  #strayQuotes = 0
  /** Line ends before the rest. */
  #lines = 0
  /** The line of the first quote that is not closed: after it, each row must fit. */
  #openLine: number | null = null

  constructor(shape: RowShape) {
    this.#shape = shape
  }

  push(text: string): readonly Row[] {
    this.#rest += text
    if (this.#rest.length < this.#least) return []
    const rows = this.#complete(false)
    this.#least = rows.length > 0 ? 0 : this.#rest.length * 2
    if (this.#rest.length <= LONGEST_ROW) return rows
    this.#least = 0
    return [...rows, this.#withoutOpenQuote()]
  }

  end(): readonly Row[] {
    const rows = [...this.#complete(false)]
    while (rowsIn(this.#rest, this.#shape.format, true).openQuote !== null)
      rows.push(this.#withoutOpenQuote(), ...this.#complete(false))
    return [...rows, ...this.#complete(true)]
  }

  #complete(isWhole: boolean): readonly Row[] {
    const { format, columns } = this.#shape
    const all: Row[] = []
    for (;;) {
      const parsed = rowsIn(this.#rest, format, isWhole)
      const line =
        this.#strayQuotes < MOST_STRAY_QUOTES ? lineOfLongQuote(this.#rest, parsed, this.#shape) : null
      const rows = line ? rowsIn(this.#rest.slice(0, line.start), format, true).rows : parsed.rows
      if (this.#openLine !== null && rows.some((row) => row.length !== columns)) throw noEnd(this.#openLine)
      for (const row of rows) all.push(row)
      if (line) all.push(this.#skip(line))
      else {
        this.#pass(parsed.end)
        return all
      }
    }
  }

  /** The row in place of the line that the rest begins with. */
  #withoutOpenQuote(): Row {
    const { openQuote } = rowsIn(this.#rest, this.#shape.format, true)
    if (openQuote === null) throw noEnd(null)
    this.#openLine ??= this.#lines + this.#linesTo(openQuote) + 1
    const line =
      this.#strayQuotes < MOST_STRAY_QUOTES ? lineOfOpenQuote(this.#rest, openQuote, this.#shape) : null
    if (!line) throw noEnd(this.#openLine)
    return this.#skip(line)
  }

  #skip({ end }: StrayLine): Row {
    this.#strayQuotes++
    this.#pass(end)
    return []
  }

  #pass(end: number): void {
    this.#lines += this.#linesTo(end)
    this.#rest = this.#rest.slice(end)
  }

  #linesTo(end: number): number {
    const { newline } = this.#shape.format
    let count = 0
    for (let at = this.#rest.indexOf(newline); at >= 0 && at < end; at = this.#rest.indexOf(newline, at + 1))
      count++
    return count
  }
}

/** @param line in which a quote is not closed */
const noEnd = (line: number | null) =>
  unreadable('a row has no end', undefined, line === null ? {} : { fileLine: line })
