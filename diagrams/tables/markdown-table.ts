/** A Markdown table of rows of equal length. The first row is the head. */
export const markdownTable = ([head = [], ...rows]: readonly (readonly string[])[]): string =>
  [head, head.map(() => ''), ...rows]
    .map((cells, index) => (index === 1 ? `|${'---|'.repeat(cells.length)}` : `| ${cells.join(' | ')} |`))
    .join('\n')

/**
 * A table with a cell for each pair of a row and a column. Equal rows are merged, and so are equal columns; the names
 * of merged rows or columns are separated by commas.
 */
export const groupedTable = (
  corner: string,
  rows: readonly string[],
  columns: readonly string[],
  cell: (row: string, column: string) => string,
): string => {
  const columnGroups = alike(columns, (column) => rows.map((row) => cell(row, column)))
  const rowGroups = alike(rows, (row) => columns.map((column) => cell(row, column)))
  return markdownTable([
    [corner, ...columnGroups.map((names) => names.join(', '))],
    ...rowGroups.map((names) => [
      names.map((name) => `**${name}**`).join(', '),
      ...columnGroups.map(([column = '']) => cell(names[0] ?? '', column)),
    ]),
  ])
}

const alike = (names: readonly string[], cellsOf: (name: string) => readonly string[]) => {
  const groups = new Map<string, string[]>()
  for (const name of names) {
    const key = JSON.stringify(cellsOf(name))
    groups.set(key, [...(groups.get(key) ?? []), name])
  }
  return [...groups.values()]
}
