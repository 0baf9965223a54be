import { yieldToEventLoop } from '../../../../async/yield-to-event-loop.ts'
import type { Output } from '../output.ts'
import { untrustedText } from '../untrusted-text.ts'
import { padded, shortened, unbroken, widthOf } from '../wrap.ts'
import { E_MAIL } from './contact-row.ts'
import type { ContactRow } from './contact-row.ts'
import { keyLength } from './key-beginnings.ts'

type ColumnName = Exclude<keyof ContactRow, 'isIncomplete'>

/** The least and the most columns of the terminal that it takes. */
interface Bounds {
  readonly least: number
  readonly most: number
}

const bounds: Readonly<Record<ColumnName, Bounds>> = {
  key: { least: 22, most: 22 },
  name: { least: 10, most: 32 },
  number: { least: 14, most: 24 },
  kind: { least: 9, most: 9 },
  organization: { least: 10, most: 30 },
  folder: { least: 6, most: 20 },
  sources: { least: 17, most: 17 },
}

/** From left to right. */
const order = Object.keys(bounds) as readonly ColumnName[]

/** The first is the last that a narrow terminal leaves out. */
const byNeed = ['name', 'number', 'kind', 'key', 'organization', 'folder', 'sources'] as const

const GAP = 2

/** Marks the name of an incomplete contact. */
const INCOMPLETE = '*'

/** Marks the name of a person in several sources, if there is no room to name them. */
const SEVERAL = '+'

/** A longer text is never seen whole, so it is cut before anything is measured: it may have a million characters. */
const LONGEST = 400

/** Rows between two turns of the event loop: some milliseconds. */
const SLICE = 200

/** The marks that a table has: of incomplete contacts (`*`), and of persons in several sources (`+`). */
interface ShownMarks {
  readonly isIncomplete: boolean
  readonly isInSeveral: boolean
}

type Widths = ReadonlyMap<ColumnName, number>

/** What the columns would need, and the column of numbers for those that are no e-mail addresses. */
interface Needs {
  readonly widths: Widths
  readonly numbers: number
}

/**
 * Prints contacts in columns that fit the terminal: first the right ones are left out, then texts are cut, with `…` at the
 * end. Hits of a search are rows as well.
 *
 * @param columns of the terminal
 * @param keys all keys: of each row as much is shown as tells its key from these. Default: those of the rows
 * @returns which marks stand beside names
 */
export const printContactTable = async (
  output: Output,
  rows: readonly ContactRow[],
  columns: number,
  keys: readonly string[] = rows.map(({ key }) => key),
): Promise<ShownMarks> => {
  if (rows.length === 0) return { isIncomplete: false, isInSeveral: false }
  const length = keyLength(keys)
  const shown = rows.map((row) => ({ ...row, key: row.key.slice(0, length) }))
  const widths = fitted(await needsOf(shown), columns)
  const head = Object.fromEntries(order.map((name) => [name, name])) as Record<ColumnName, string>
  output.result(line(output, { ...head, isIncomplete: false }, widths), 'strong')
  for (const [index, row] of shown.entries()) {
    if (index % SLICE === SLICE - 1) await yieldToEventLoop()
    output.result(line(output, row, widths))
  }
  return {
    isIncomplete: rows.some(({ isIncomplete }) => isIncomplete),
    isInSeveral: !widths.has('sources') && rows.some(({ sources }) => sources !== ''),
  }
}

const marksOf = ({ isIncomplete, sources }: ContactRow, isNamed: boolean): string =>
  (isIncomplete ? INCOMPLETE : '') + (sources === '' || isNamed ? '' : SEVERAL)

const safe = (text: string): string => untrustedText(text.slice(0, LONGEST))

const needsOf = async (rows: readonly ContactRow[]): Promise<Needs> => {
  const widths = new Map<ColumnName, number>()
  let numbers = 0
  for (const [index, row] of rows.entries()) {
    if (index % SLICE === SLICE - 1) await yieldToEventLoop()
    for (const name of order) {
      const width = widthOf(safe(row[name])) + (name === 'name' ? marksOf(row, false).length : 0)
      widths.set(name, Math.max(widths.get(name) ?? 0, width))
      if (name === 'number' && row.kind !== E_MAIL) numbers = Math.max(numbers, width)
    }
  }
  return { widths, numbers }
}

/** The widths of the columns that fit. A number is of use only whole, so it is not cut for another column. All grow in turn. */
const fitted = ({ widths: natural, numbers }: Needs, columns: number): Widths => {
  const widths = new Map<ColumnName, number>()
  let room = columns + GAP
  const most = (name: ColumnName) => {
    const needed = Math.min(natural.get(name) ?? 0, bounds[name].most)
    return needed === 0 ? 0 : Math.max(needed, name.length)
  }
  for (const name of byNeed) {
    if (most(name) === 0) continue
    const least = name === 'number' ? Math.max(numbers, bounds.number.least) : bounds[name].least
    const width = Math.min(most(name), least)
    if (width + GAP > room && widths.size > 0) break
    widths.set(name, Math.min(width, columns))
    room -= width + GAP
  }
  const grow = (name: ColumnName, by: number) => {
    const width = widths.get(name)
    if (width === undefined) return
    const more = Math.max(0, Math.min(by, room, most(name) - width))
    widths.set(name, width + more)
    room -= more
  }
  for (let turn = 0; turn < columns && room > 0; turn++) for (const name of byNeed) grow(name, 1)
  return widths
}

const line = (output: Output, row: ContactRow, widths: Widths): string => {
  const shown = order.filter((name) => widths.has(name))
  const cells = shown.map((name) => {
    const width = widths.get(name) ?? 0
    const mark = name === 'name' ? marksOf(row, widths.has('sources')) : ''
    return padded(output.untrusted(shortened(safe(row[name]), width - mark.length)) + mark, width)
  })
  return unbroken(cells.join(' '.repeat(GAP)).trimEnd())
}
