import type { ContactKey } from '../../../index.ts'
import type { ListRows } from './list-rows.ts'
import { textsOf } from './row-texts.ts'
import type { RowWindow } from '../window/row-window.ts'

/** A cell of the grid: the contact, or its call. */
export interface Cell {
  /** -1: no row yet. */
  readonly row: number
  readonly column: 0 | 1
}

/** What a key may move in. */
export interface CellMoves extends Cell {
  readonly count: number
  readonly rowsPerPage: number
  readonly isRightToLeft: boolean
  /** Whether the row has a number to call. */
  readonly hasCall: boolean
}

/**
 * The cell to which a key moves; null if it is not for moving. Home and End go through the whole list, because a row has
 * two cells only.
 */
export const cellAfter = (key: string, from: CellMoves): Cell | null => {
  const { row, column, count, rowsPerPage, isRightToLeft, hasCall } = from
  const to = {
    ArrowDown: row + 1,
    ArrowUp: row - 1,
    PageDown: row + rowsPerPage,
    PageUp: row - rowsPerPage,
    Home: 0,
    End: count - 1,
  }[key]
  if (to !== undefined) return { row: Math.min(Math.max(to, 0), count - 1), column }
  if (key === (isRightToLeft ? 'ArrowLeft' : 'ArrowRight')) return { row, column: hasCall ? 1 : 0 }
  if (key === (isRightToLeft ? 'ArrowRight' : 'ArrowLeft')) return { row, column: 0 }
  return null
}

/** What the grid asks of its element. */
export interface GridActions {
  readonly open: (key: ContactKey, byKeyboard: boolean) => void
  /** The number may be called next. */
  readonly near: (number: string) => void
  readonly call: (key: ContactKey, number: string) => void
  /** A letter was typed. */
  readonly type: () => void
  readonly escape: () => void
}

/** The grid that a person uses. */
export interface UsedGrid {
  readonly cell: Cell
  readonly rows: Pick<ListRows, 'count' | 'get'>
  readonly window: Pick<RowWindow, 'first' | 'rowsPerPage' | 'rowOf'> | null
  activate(cell: Cell): void
  focus(): void
}

/** Keys and clicks in the grid. */
export class GridInput {
  readonly #grid: UsedGrid
  readonly #actions: GridActions

  constructor(grid: UsedGrid, actions: GridActions) {
    this.#grid = grid
    this.#actions = actions
  }

  /** Opens the contact or calls it, whichever cell the keyboard is in. */
  press(byKeyboard: boolean): void {
    const { row, column } = this.#grid.cell
    const item = this.#grid.rows.get(row)
    if (!item) return
    const { phone } = textsOf(item)
    if (column === 0) this.#actions.open(item.row.key, byKeyboard)
    else if (phone) this.#actions.call(item.row.key, phone.value)
  }

  readonly onFocus = (event: Event): void => {
    // A row that moves while a mouse is pressed on it would not be clicked.
    if ((event.target as Element).matches(':focus-visible')) this.#enter()
  }

  readonly onPointer = (event: Event): void => {
    const target = event.target as Element
    if (target.closest('button')) this.#near(this.#grid.window?.rowOf(target) ?? -1)
  }

  readonly onClick = (event: Event): void => {
    const target = event.target as Element
    const row = this.#grid.window?.rowOf(target) ?? -1
    if (row < 0) return
    const isCall = target.closest('button') !== null
    this.#grid.activate({ row, column: isCall ? 1 : 0 })
    // The button soon belongs to another row.
    if (isCall) this.#grid.focus()
    this.press(false)
  }

  readonly onKey = (event: KeyboardEvent): void => {
    const { key, altKey, ctrlKey, metaKey } = event
    if (altKey || metaKey || (ctrlKey && key !== 'Home' && key !== 'End')) return
    this.#enter()
    const { cell, rows, window } = this.#grid
    const item = rows.get(cell.row)
    const to = cellAfter(key, {
      ...cell,
      count: rows.count,
      rowsPerPage: window?.rowsPerPage ?? 1,
      isRightToLeft: (event.currentTarget as Element).matches(':dir(rtl)'),
      hasCall: item !== undefined && textsOf(item).phone !== null,
    })
    if (to) {
      this.#grid.activate(to)
      if (to.column === 1) this.#near(to.row)
    } else if (key === 'Enter' || key === ' ') this.press(true)
    else if (key === 'Escape') this.#actions.escape()
    // The field is focused before the letter is entered, so it is entered there.
    else {
      if (key.length === 1) this.#actions.type()
      return
    }
    event.preventDefault()
  }

  /** The keyboard begins at the first row on the screen. */
  #enter(): void {
    const { cell, rows, window } = this.#grid
    if (cell.row < 0 && rows.count > 0) this.#grid.activate({ row: window?.first?.row ?? 0, column: 0 })
  }

  #near(row: number): void {
    const item = this.#grid.rows.get(row)
    const { phone } = item ? textsOf(item) : { phone: null }
    if (phone) this.#actions.near(phone.value)
  }
}
