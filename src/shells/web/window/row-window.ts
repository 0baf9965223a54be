import { NodePool } from './node-pool.ts'
import { rowLayout } from './row-layout.ts'
import type { RowLayout } from './row-layout.ts'

/** Rows above and below the screen that are drawn as well. */
const MARGIN = 4

/** Milliseconds without scrolling after which what went by too fast is drawn in full. */
const REST = 100

/** What a window draws with. */
export interface RowPainter {
  /** `isPassing`: scrolled so fast that only the name can be read. */
  paintRow(node: HTMLElement, row: number, isPassing: boolean): void
  paintHead(node: HTMLElement, section: number): void
  /** These rows are on the screen or near it. `isPassing`: and soon gone. */
  shown(from: number, to: number, isPassing: boolean): void
  /** Scrolling has stopped. */
  rested(): void
}

/** What a window draws in. */
export interface RowSurface {
  readonly scroller: HTMLElement
  /** As high as all rows. */
  readonly canvas: HTMLElement
  /** Shows the head of the section at the top, over the rows. */
  readonly sticky: HTMLElement
}

/**
 * Draws only those of thousands of rows that are on the screen, and uses their nodes again for the next ones. Rows have one
 * height, so nothing is measured while a person scrolls.
 */
export class RowWindow {
  readonly #surface: RowSurface
  readonly #painter: RowPainter
  readonly #rows = new NodePool('row')
  readonly #heads = new NodePool('head')
  readonly #passing = new Set<number>()
  #layout: RowLayout = rowLayout(0, [], 1, 1)
  #pinned = -1
  #top = 0
  #height = 0
  #frame = 0
  #rest: ReturnType<typeof setTimeout> | undefined

  constructor(surface: RowSurface, painter: RowPainter) {
    this.#surface = surface
    this.#painter = painter
    surface.scroller.addEventListener('scroll', this.#onScroll, { passive: true })
  }

  /** Rows that fit on the screen as a whole, at least one. */
  get rowsPerPage(): number {
    const { rowHeight, headHeight } = this.#layout
    return Math.max(1, Math.floor((this.#height - headHeight) / rowHeight))
  }

  /** The first row on the screen, and how far its top is below that of the screen. Null where the list begins. */
  get first(): { readonly row: number; readonly offset: number } | null {
    if (this.#top <= 0) return null
    const row = this.#layout.rowAt(this.#top + this.#layout.headHeight)
    return { row, offset: this.#layout.topOfRow(row) - this.#top }
  }

  get section(): number {
    return this.#layout.sectionAt(this.#top)
  }

  /** Draws other rows. @param top where to scroll to */
  show(layout: RowLayout, top: number): void {
    const { scroller, canvas } = this.#surface
    this.#layout = layout
    canvas.style.blockSize = `${layout.height}px`
    if (layout.count === 0) this.clear()
    this.#height = scroller.clientHeight
    if (scroller.scrollTop !== top) scroller.scrollTop = top
    this.#top = scroller.scrollTop
    this.repaint()
  }

  /** Draws everything again. */
  repaint(): void {
    this.#passing.clear()
    this.#rows.forget()
    this.#heads.forget()
    this.#draw(false)
  }

  /** The screen has another height. */
  resize(): void {
    this.#height = this.#surface.scroller.clientHeight
    this.#draw(false)
  }

  /** Keeps this row in the document wherever the screen is, because it has the focus. */
  pin(row: number): void {
    this.#pinned = row
  }

  topOfRow(row: number): number {
    return this.#layout.topOfRow(row)
  }

  /** Scrolls as little as shows the row as a whole. */
  reveal(row: number): void {
    const { rowHeight, headHeight } = this.#layout
    const top = this.#layout.topOfRow(row)
    if (top < this.#top + headHeight) this.scrollTo(top - headHeight)
    else if (top + rowHeight > this.#top + this.#height) this.scrollTo(top + rowHeight - this.#height)
    else this.#draw(false)
  }

  scrollToSection(section: number): void {
    this.scrollTo(this.#layout.topOfHead(section))
  }

  scrollTo(top: number): void {
    this.#surface.scroller.scrollTop = top
    this.#top = this.#surface.scroller.scrollTop
    this.#draw(false)
  }

  /** The row that a node belongs to; -1 if none. */
  rowOf(node: Node): number {
    return this.#rows.indexOf(node)
  }

  /** Removes what was drawn: no name stays in the document. */
  clear(): void {
    this.#rows.clear()
    this.#heads.clear()
    this.#surface.sticky.textContent = ''
  }

  stop(): void {
    cancelAnimationFrame(this.#frame)
    clearTimeout(this.#rest)
    this.#frame = 0
  }

  readonly #onScroll = (): void => {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0
      const before = this.#top
      this.#top = this.#surface.scroller.scrollTop
      this.#draw(Math.abs(this.#top - before) > this.#height)
      clearTimeout(this.#rest)
      this.#rest = setTimeout(this.#onRest, REST)
    })
  }

  readonly #onRest = (): void => {
    this.#draw(false)
    // Screen readers read in the order of the document.
    this.#rows.sort()
    this.#painter.rested()
  }

  #draw(isPassing: boolean): void {
    const { canvas } = this.#surface
    const layout = this.#layout
    const from = Math.max(0, layout.rowAt(this.#top) - MARGIN)
    const to = Math.min(layout.count, layout.rowAt(this.#top + this.#height) + 1 + MARGIN)
    const wanted = range(from, to)
    if (this.#pinned >= 0 && this.#pinned < layout.count && (this.#pinned < from || this.#pinned >= to))
      wanted.push(this.#pinned)
    const again = isPassing ? [] : [...this.#passing]
    for (const [row, node] of this.#rows.take(wanted, again, canvas)) {
      move(node, layout.topOfRow(row))
      this.#painter.paintRow(node, row, isPassing)
      if (isPassing) this.#passing.add(row)
      else this.#passing.delete(row)
    }
    if (layout.headHeight > 0) this.#drawHeads()
    else this.#heads.clear()
    this.#painter.shown(from, to, isPassing)
  }

  #drawHeads(): void {
    const { canvas, sticky } = this.#surface
    const layout = this.#layout
    const current = Math.max(0, layout.sectionAt(this.#top))
    const last = layout.sectionAt(this.#top + this.#height)
    for (const [section, node] of this.#heads.take(range(current + 1, last + 1), [], canvas)) {
      move(node, layout.topOfHead(section))
      this.#painter.paintHead(node, section)
    }
    this.#painter.paintHead(sticky, current)
    const next = current < last ? layout.topOfHead(current + 1) - this.#top - layout.headHeight : 0
    move(sticky, Math.min(0, next))
  }
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at)

const move = (node: HTMLElement, top: number): void => {
  node.style.transform = `translateY(${top}px)`
}
