import type { Output } from './output.ts'
import { padded, widthOf } from './wrap.ts'

const GAP = '  '

/**
 * Prints rows in aligned columns; the first row is the head. If the terminal is too narrow, prints each row as a text that
 * names its columns. The texts must be safe to print.
 */
export const printTable = (output: Output, rows: readonly (readonly string[])[]): void => {
  const [head = [], ...others] = rows
  const widths = head.map((_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ''))))
  const width = widths.reduce((sum, each) => sum + each, (widths.length - 1) * GAP.length)
  if (output.columns !== undefined && width > output.columns) {
    for (const [first = '', ...row] of others) {
      output.result(`${head[0] ?? ''}${first}`, 'strong')
      row.forEach((text, index) => output.result(`  ${head[index + 1] ?? ''}: ${text}`))
    }
    return
  }
  rows.forEach((row, index) => {
    const line = row.map((text, column) => padded(text, widths[column] ?? 0)).join(GAP)
    output.result(line.trimEnd(), index === 0 ? 'strong' : 'plain')
  })
}
