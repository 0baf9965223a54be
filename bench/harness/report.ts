import type { Compared } from './compare.ts'
import { grid } from './grid.ts'

export interface Column {
  readonly label: string
  /** NaN: an empty cell. */
  readonly of: (row: Compared) => number
  /** Digits after the decimal point. */
  readonly digits?: number
}

export interface Table {
  readonly title: string
  readonly columns: readonly Column[]
  readonly rows: readonly Compared[]
}

/** A column with the median of a measured value. */
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

/** A median as a multiple of the same median of another row. */
export const multipleOf = (name: string, of: Compared | undefined, label: string): Column => ({
  label,
  digits: 2,
  of: ({ medians }) => (medians[name] ?? NaN) / (of?.medians[name] ?? NaN),
})

/** A table as Markdown, which is also readable on a terminal. */
export const markdown = ({ title, columns, rows }: Table): string => {
  const head = ['', ...columns.map(({ label }) => label)]
  const body = rows.map((row) => [
    row.name + (row.note ? ' ¹' : ''),
    ...columns.map((column) => cell(column, row)),
  ])
  const notes = rows.flatMap(({ name, note }) => (note ? [`¹ ${name}: ${note}`] : []))
  const table = grid(head, body, 'right')
  return [`### ${title}`, '', table, ...(notes.length > 0 ? ['', ...notes] : []), ''].join('\n')
}

const cell = ({ of, digits = 0 }: Column, row: Compared): string => {
  const value = of(row)
  return Number.isNaN(value)
    ? ''
    : value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}
