import Papa from 'papaparse'

/** A row of a table: a text for each cell. */
export type Row = readonly string[]

/** How a table is written. */
export interface TableFormat {
  readonly delimiter: string
  /** `\n` stands for `\r\n` too. */
  readonly newline: '\n' | '\r'
}

/** The rows of a text, and its odd quotes. */
export interface ParsedRows {
  /** Empty ones are left out. */
  readonly rows: readonly Row[]
  /** Where the first row begins that is not in `rows`. */
  readonly end: number
  /** The index of the quote that is not closed; null if there is none. */
  readonly openQuote: number | null
  /** Rows with a quote that others follow within its value, and the index of that quote. */
  readonly oddRows: readonly { readonly row: Row; readonly quote: number }[]
}

/**
 * The rows that a text begins with.
 *
 * @param isWhole whether the last one is complete, although nothing tells
 * @param most how many. Default: all
 */
export const rowsIn = (
  text: string,
  { delimiter, newline }: TableFormat,
  isWhole: boolean,
  most = 0,
): ParsedRows => {
  const parser = new Papa.Parser({ delimiter, newline, preview: most })
  const { data, errors, meta } = parser.parse(text, 0, !isWhole)
  const rows = data.map(withoutReturn)
  let openQuote: number | null = null
  const odd = new Map<number, Row>()
  for (const { code, row, index } of errors) {
    const complete = rows[row]
    if (code === 'MissingQuotes') openQuote = index - 1
    else if (code === 'InvalidQuotes' && complete) odd.set(index - 1, complete)
  }
  return {
    rows: rows.filter((row) => row.length > 1 || (row[0] ?? '') !== ''),
    end: meta.cursor,
    openQuote,
    oddRows: [...odd].map(([quote, row]) => ({ row, quote })),
  }
}

/** Files mix both line ends, so the parser looks for the line feed only. */
const withoutReturn = (row: string[]): Row => {
  const last = row.at(-1)
  if (last?.endsWith('\r')) row[row.length - 1] = last.slice(0, -1)
  return row
}

/** The first two complete rows of a text that may end anywhere. */
export const firstRows = (text: string, format: TableFormat): readonly Row[] => {
  const { rows } = rowsIn(text, format, false)
  return (rows.length > 0 ? rows : rowsIn(text, format, true).rows).slice(0, 2)
}
