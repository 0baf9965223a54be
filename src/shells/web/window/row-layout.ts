import type { Section } from '../../../index.ts'

/** Where rows and heads of sections are, in pixels from the top. All rows are of one height, and all heads are. */
export interface RowLayout {
  /** Of everything. */
  readonly height: number
  /** Number of rows. */
  readonly count: number
  readonly rowHeight: number
  /** 0 without sections. */
  readonly headHeight: number
  readonly topOfRow: (row: number) => number
  readonly topOfHead: (section: number) => number
  /** The first row that ends below this place; `count` if none does. */
  readonly rowAt: (top: number) => number
  /** The section that this place is in, its head included; -1 without sections. */
  readonly sectionAt: (top: number) => number
}

/** @param sections together they cover each row; none: rows without heads */
export const rowLayout = (
  count: number,
  sections: readonly Pick<Section, 'first' | 'count'>[],
  rowHeight: number,
  heightOfHeads: number,
): RowLayout => {
  const headHeight = sections.length === 0 ? 0 : heightOfHeads
  const tops = sections.map(({ first }, section) => section * headHeight + first * rowHeight)
  const firsts = sections.map(({ first }) => first)
  const topOfRow = (row: number): number => (lastUpTo(firsts, row) + 1) * headHeight + row * rowHeight
  return {
    height: sections.length * headHeight + count * rowHeight,
    count,
    rowHeight,
    headHeight,
    topOfRow,
    topOfHead: (section) => tops[section] ?? 0,
    rowAt: (top) => {
      const section = lastUpTo(tops, top)
      const { first = 0, count: rows = count } = sections[section] ?? {}
      const below = Math.floor((top - topOfRow(first)) / rowHeight)
      return Math.min(first + Math.min(Math.max(below, 0), rows), count)
    },
    sectionAt: (top) => lastUpTo(tops, top),
  }
}

/** The last place of an ascending list whose number is at most this one; -1 if none is. */
const lastUpTo = (numbers: readonly number[], most: number): number => {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((numbers[middle] ?? 0) <= most) low = middle + 1
    else high = middle
  }
  return low - 1
}
