import type { Compared } from './compare.ts'

export interface Column {
  readonly label: string
  /** NaN: there is none. */
  readonly of: (row: Compared) => number
  /** After the decimal point. */
  readonly digits?: number
}

export interface Table {
  readonly title: string
  readonly columns: readonly Column[]
  readonly rows: readonly Compared[]
}

/** A column with the median of what was measured under a name. */
export const medianOf = (name: string, label: string, digits = 0): Column => ({
  label,
  digits,
  of: ({ medians }) => medians[name] ?? NaN,
})

export const ratioTo = (first: string): Column => ({
  label: `× ${first}`,
  digits: 2,
  of: ({ ratio }) => ratio,
})

/** A median as a multiple of what another row has under the same name. */
export const multipleOf = (name: string, of: Compared | undefined, label: string): Column => ({
  label,
  digits: 2,
  of: ({ medians }) => (medians[name] ?? NaN) / (of?.medians[name] ?? NaN),
})

/** A table as Markdown, which reads well on a terminal, too. */
export const markdown = ({ title, columns, rows }: Table): string => {
  const head = ['', ...columns.map(({ label }) => label)]
  const body = rows.map((row) => [
    row.name + (row.note ? ' ¹' : ''),
    ...columns.map((column) => cell(column, row)),
  ])
  const widths = head.map((_, index) =>
    Math.max(...[head, ...body].map((line) => line[index]?.length ?? 0), 2),
  )
  const line = (cells: readonly string[]) => {
    const padded = cells.map((text, index) =>
      index === 0 ? text.padEnd(widths[index] ?? 0) : text.padStart(widths[index] ?? 0),
    )
    return `| ${padded.join(' | ')} |`
  }
  const rule = line(
    widths.map((width, index) => (index === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)),
  )
  const notes = rows.flatMap(({ name, note }) => (note ? [`¹ ${name}: ${note}`] : []))
  return [
    `### ${title}`,
    '',
    line(head),
    rule,
    ...body.map(line),
    ...(notes.length > 0 ? ['', ...notes] : []),
    '',
  ].join('\n')
}

const cell = ({ of, digits = 0 }: Column, row: Compared): string => {
  const value = of(row)
  return Number.isNaN(value)
    ? ''
    : value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}
