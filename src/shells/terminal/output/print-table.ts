import type { Output } from './output.ts'

/** Prints rows in aligned columns; the first row is the head. The texts must be safe to print. */
export const printTable = (output: Output, rows: readonly (readonly string[])[]): void => {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  )
  rows.forEach((row, index) => {
    const line = row.map((text, column) => text.padEnd(widths[column] ?? 0)).join('  ')
    output.result(line.trimEnd(), index === 0 ? 'strong' : 'plain')
  })
}
