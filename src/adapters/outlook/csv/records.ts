import Papa from 'papaparse'
import { unreadable } from '../text/file-text.ts'

/** A row of a table: a text for each cell. */
export type Row = readonly string[]

/** How a table is written. */
export interface TableFormat {
  readonly delimiter: string
  /** `\n` stands for `\r\n` too. */
  readonly newline: '\n' | '\r'
}

/** Characters of the longest row. Outlook's notes have at most some 64,000. */
const LONGEST_ROW = 512 * 1024

/**
 * The rows of a table, as many as each piece of text completes. Rows that are empty are left out. Throws `file-unreadable`
 * if a quote is not closed, because then nothing tells where rows begin.
 */
export async function* rowsOf(
  texts: AsyncIterable<string>,
  format: TableFormat,
): AsyncGenerator<readonly Row[], void, undefined> {
  let [rest, least] = ['', 0]
  for await (const text of texts) {
    rest += text
    // A row that is still incomplete would otherwise be parsed again with each piece.
    if (rest.length < least) continue
    const { rows, end } = parsed(rest, format, false)
    rest = rest.slice(end)
    least = rows.length > 0 ? 0 : rest.length * 2
    if (rest.length > LONGEST_ROW) throw unreadable('a row has no end')
    if (rows.length > 0) yield rows
  }
  const { rows, isOpen } = parsed(rest, format, true)
  if (isOpen) throw unreadable('a quote is not closed')
  if (rows.length > 0) yield rows
}

/** The first two complete rows of a text that may end anywhere. */
export const firstRows = (text: string, format: TableFormat): readonly Row[] => {
  const { rows } = parsed(text, format, false)
  return (rows.length > 0 ? rows : parsed(text, format, true).rows).slice(0, 2)
}

const parsed = (text: string, { delimiter, newline }: TableFormat, isWhole: boolean) => {
  const parser = new Papa.Parser({ delimiter, newline })
  const { data, errors, meta } = parser.parse(text, 0, !isWhole)
  return {
    rows: data.map(withoutReturn).filter((row) => row.length > 1 || (row[0] ?? '') !== ''),
    end: meta.cursor,
    isOpen: errors.some(({ code }) => code === 'MissingQuotes'),
  }
}

/** Files mix both line ends, so the parser looks for the line feed only. */
const withoutReturn = (row: string[]): Row => {
  const last = row.at(-1)
  if (last?.endsWith('\r')) row[row.length - 1] = last.slice(0, -1)
  return row
}
