import { html, nothing } from 'lit'
import type { ReactiveControllerHost, TemplateResult } from 'lit'
import type { ContactKey, ContactsClient } from '../../../index.ts'
import type { Messages } from '../../../messages.ts'
import type { Found } from './contact-search.ts'
import { GridInput } from './grid-input.ts'
import type { Cell, GridActions } from './grid-input.ts'
import { ListRows } from './list-rows.ts'
import type { KeptPlaces } from './list-rows.ts'
import { rowLayout } from '../window/row-layout.ts'
import { cellId, paintRow } from './row-view.ts'
import { RowWindow } from '../window/row-window.ts'
import type { RowPainter } from '../window/row-window.ts'

/** Height of a head, as a share of that of a row. */
const HEAD = 2 / 3.5

/** Contacts that keep their places when the rows change. */
interface Kept {
  readonly anchor: ContactKey | null
  readonly offset: number
  readonly active: ContactKey | null
}

/** The rows of contacts: a grid with one tab stop. Only rows on the screen are in the document. */
export class ListGrid implements RowPainter {
  readonly #host: ReactiveControllerHost
  readonly #input: GridInput
  readonly rows = new ListRows(() => {
    this.#repaint()
    this.#host.requestUpdate()
  })
  #window: RowWindow | null = null
  #scroller: HTMLElement | null = null
  #rowHeight = 0
  #texts: Messages | null = null
  #hasBadges = false
  #opened: ContactKey | null = null
  #active: Cell = { row: -1, column: 0 }
  /** What the list showed before a search. */
  #left: Kept | null = null

  constructor(host: ReactiveControllerHost, actions: GridActions) {
    this.#host = host
    this.#input = new GridInput(this, actions)
  }

  get cell(): Cell {
    return this.#active
  }

  get window(): RowWindow | null {
    return this.#window
  }

  /** The section at the top of the screen. */
  get section(): number {
    return this.#window?.section ?? -1
  }

  reset(client: ContactsClient | null): void {
    this.rows.reset(client)
    this.#left = null
    this.#active = { row: -1, column: 0 }
    this.#show(0)
    this.adopt()
  }

  /** Shows the newest version of the list. */
  adopt(): void {
    void this.rows.adopt(
      () => this.#left ?? this.#kept,
      (places) => {
        if (!this.rows.found) this.#goBack(places)
        this.#host.requestUpdate()
      },
    )
  }

  /**
   * Shows the results of a search; null: the list, as it was before. More results of a search leave the view where it is; those of another
   * text begin at the top.
   */
  showFound(found: Found | null): void {
    const before = this.rows.found
    if (before === found) return
    const kept = this.#kept
    if (before === null) this.#left = kept
    this.rows.showFound(found)
    this.#host.requestUpdate()
    if (found === null) this.#return()
    else if (found.text === before?.text) {
      const { anchor, active } = this.rows.placesAmongFound(kept)
      this.#goBack({ anchor: this.#scroller?.scrollTop ? anchor : null, active }, kept.offset)
    } else {
      this.#active = { row: -1, column: 0 }
      this.#show(0)
    }
  }

  /** Moves the keyboard to a cell, and shows it. */
  activate(cell: Cell): void {
    this.#active = cell
    this.#window?.reveal(cell.row)
    this.#changed()
  }

  scrollToSection(section: number): void {
    this.#active = { row: this.rows.sections[section]?.first ?? 0, column: 0 }
    this.#window?.scrollToSection(section)
    this.#changed()
  }

  focus(): void {
    this.#scroller?.focus()
  }

  /** Goes to the first row; opens it, if asked to. */
  goToFirst(isOpened: boolean): void {
    if (this.rows.count === 0) return
    this.activate({ row: 0, column: 0 })
    this.focus()
    if (isOpened) this.#input.press(true)
  }

  /** What the rows look like; draws them again if that has changed. */
  look(texts: Messages, hasBadges: boolean, opened: ContactKey | null): void {
    if (texts === this.#texts && hasBadges === this.#hasBadges && opened === this.#opened) return
    this.#texts = texts
    this.#hasBadges = hasBadges
    this.#opened = opened
    this.#repaint()
  }

  /** Takes the nodes to draw in, once they are in the document. */
  attach(root: ParentNode): void {
    const [scroller, canvas, sticky] = ['.scroller', '.canvas', '.sticky'].map((name) =>
      root.querySelector<HTMLElement>(name),
    )
    if (!scroller || !canvas || !sticky) return
    this.#scroller = scroller
    this.#window = new RowWindow({ scroller, canvas, sticky }, this)
  }

  /** @param rowHeight in pixels */
  resize(rowHeight: number): void {
    if (rowHeight === this.#rowHeight) this.#window?.resize()
    else {
      const first = this.#window?.first?.row
      this.#rowHeight = rowHeight
      this.#show(0)
      if (first !== undefined) this.#window?.reveal(first)
    }
  }

  stop(): void {
    this.#window?.stop()
  }

  render({ list }: Messages, isHidden: boolean): TemplateResult {
    const { row, column } = this.#active
    return html`<div
      class=${isHidden ? 'scroller off' : 'scroller'}
      part="rows"
      role="grid"
      tabindex="0"
      aria-label=${list.heading}
      aria-rowcount=${this.rows.count}
      aria-colcount="2"
      aria-activedescendant=${this.rows.get(row) ? cellId(row, column) : nothing}
      @keydown=${this.#input.onKey}
      @click=${this.#input.onClick}
      @pointerover=${this.#input.onPointer}
      @pointerdown=${this.#input.onPointer}
      @focus=${this.#input.onFocus}
    >
      <div class="sticky head" aria-hidden="true" ?hidden=${this.rows.sections.length === 0}></div>
      <div class="canvas" role="presentation"></div>
    </div>`
  }

  paintRow(node: HTMLElement, row: number, isPassing: boolean): void {
    const item = this.rows.get(row)
    if (!this.#texts) return
    paintRow(node, item, {
      row,
      labels: this.#texts.list,
      people: this.#texts.people,
      neighbours: [this.rows.get(row - 1), this.rows.get(row + 1)],
      activeColumn: row === this.#active.row ? this.#active.column : null,
      hasBadge: this.#hasBadges,
      isOpened: item !== undefined && item.row.key === this.#opened,
      isPassing,
    })
  }

  paintHead(node: HTMLElement, section: number): void {
    const label = this.rows.sections[section]?.label ?? ''
    node.setAttribute('aria-hidden', 'true')
    if (node.textContent !== label) node.textContent = label
  }

  shown(from: number, to: number, isPassing: boolean): void {
    if (!isPassing) this.rows.want(from, to)
  }

  rested(): void {
    this.#host.requestUpdate()
  }

  get #kept(): Kept {
    const { row = -1, offset = 0 } = this.#window?.first ?? {}
    const keyOf = (at: number) => this.rows.get(at)?.row.key ?? null
    return { anchor: keyOf(row), offset, active: keyOf(this.#active.row) }
  }

  /** To the list, after a search. The list may have changed meanwhile. */
  #return(): void {
    const left = this.#left
    this.#left = null
    this.#active = { row: -1, column: 0 }
    this.#show(0)
    if (left) void this.rows.locate(left).then((places) => this.#goBack(places, left.offset))
  }

  #goBack({ anchor, active }: KeptPlaces, offset = this.#window?.first?.offset ?? 0): void {
    const { row, column } = this.#active
    this.#active = { row: active ?? Math.min(row, this.rows.count - 1), column }
    this.#show(this.#window?.first ? (this.#scroller?.scrollTop ?? 0) : 0)
    if (anchor !== null && this.#window) this.#window.scrollTo(this.#window.topOfRow(anchor) - offset)
    this.#host.requestUpdate()
  }

  #show(top: number): void {
    if (this.#rowHeight === 0) return
    this.#window?.pin(this.#active.row)
    const { count, sections } = this.rows
    this.#window?.show(rowLayout(count, sections, this.#rowHeight, this.#rowHeight * HEAD), top)
  }

  #repaint(): void {
    this.#window?.repaint()
  }

  #changed(): void {
    this.#window?.pin(this.#active.row)
    this.#repaint()
    this.#host.requestUpdate()
  }
}
