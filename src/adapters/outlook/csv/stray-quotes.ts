import { rowsIn, type ParsedRows, type Row, type TableFormat } from './rows-in.ts'

/** What the head of a table says about its rows. */
export interface RowShape {
  readonly format: TableFormat
  readonly columns: number
  /** Whether values of a column have one line, as a name does and a note does not. */
  readonly isOneLine: (column: number) => boolean
}

/** The line of a row that a quote makes unreadable, and where it is. */
export interface StrayLine {
  readonly start: number
  readonly end: number
}

/**
 * The line of a quote that seems to mean nothing: it opens a value of one line, and without it, the line has a cell for each column.
 * Null if it may open a value that goes on in the next lines, as in a note or in the last column.
 *
 * @param start where the row of the quote begins
 */
const strayLine = (text: string, start: number, quote: number, shape: RowShape): StrayLine | null => {
  const { format, columns, isOneLine } = shape
  const feed = text.indexOf(format.newline, start)
  const end = feed < 0 ? text.length : feed + 1
  if (quote >= end) return null
  const before = text.slice(start, quote)
  const column = (rowsIn(before, format, true).rows[0]?.length ?? 1) - 1
  if (column === columns - 1 || !isOneLine(column)) return null
  const { rows, openQuote } = rowsIn(before + text.slice(quote + 1, end), format, true)
  return openQuote === null && rows[0]?.length === columns ? { start, end } : null
}

/** The line with the quote that is not closed, with which a text begins; null if nothing tells where its row ends. */
export const lineOfOpenQuote = (text: string, openQuote: number, shape: RowShape): StrayLine | null =>
  strayLine(text, 0, openQuote, shape)

/**
 * The first line with a quote that a later one seems to close, so that the rows between them are in its value. Null if there is
 * none.
 */
export const lineOfLongQuote = (
  text: string,
  { oddRows }: Pick<ParsedRows, 'oddRows'>,
  shape: RowShape,
): StrayLine | null => {
  const { format, columns, isOneLine } = shape
  const isLong = (row: Row) => row.some((cell, column) => isOneLine(column) && cell.includes(format.newline))
  for (const { quote, row } of oddRows) {
    if (!isLong(row)) continue
    const start = rowsIn(text.slice(0, quote), format, false).end
    const line = strayLine(text, start, quote, shape)
    if (line === null) continue
    const { end } = rowsIn(text.slice(start), format, false, 1)
    const swallowed = rowsIn(text.slice(line.end, end > 0 ? start + end : text.length), format, true)
    if (swallowed.openQuote === null && swallowed.rows[0]?.length === columns) return line
  }
  return null
}
