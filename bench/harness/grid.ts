/**
 * A Markdown table with aligned columns, which is also readable on a terminal.
 *
 * @param align of all columns but the first, which has the names of the rows
 */
export const grid = (
  head: readonly string[],
  body: readonly (readonly string[])[],
  align: 'left' | 'right',
): string => {
  const widths = head.map((_, index) =>
    Math.max(...[head, ...body].map((line) => line[index]?.length ?? 0), 2),
  )
  const isLeft = (index: number) => index === 0 || align === 'left'
  const line = (cells: readonly string[]) => {
    const padded = cells.map((text, index) =>
      isLeft(index) ? text.padEnd(widths[index] ?? 0) : text.padStart(widths[index] ?? 0),
    )
    return `| ${padded.join(' | ')} |`
  }
  const rule = widths.map((width, index) => (isLeft(index) ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`))
  return [head, rule, ...body].map(line).join('\n')
}
