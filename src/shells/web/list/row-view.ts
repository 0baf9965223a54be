import { html, nothing, render } from 'lit'
import type { TemplateResult } from 'lit'
import type { Row } from '../../../index.ts'
import type { ListLabels, PeopleLabels } from '../../../messages.ts'
import { avatar } from '../contact/avatar.ts'
import { icon } from '../base/icons.ts'
import { textsOf } from './row-texts.ts'
import type { Item, MarkedText } from './row-texts.ts'

/** What a row shows besides its contact. */
export interface RowLook {
  readonly row: number
  readonly neighbours: readonly (Item | undefined)[]
  readonly labels: ListLabels
  readonly people: PeopleLabels
  /** The cell that the keyboard is in; null if it is in another row. */
  readonly activeColumn: 0 | 1 | null
  readonly hasBadge: boolean
  /** Whether its card is shown. */
  readonly isOpened: boolean
  /** On the screen for a moment only. */
  readonly isPassing: boolean
}

/** Fills a row. `item`: undefined if its contact has not come yet. */
export const paintRow = (node: HTMLElement, item: Item | undefined, look: RowLook): void => {
  node.setAttribute('role', 'row')
  node.setAttribute('part', 'row')
  node.setAttribute('aria-rowindex', String(look.row + 1))
  if (look.isOpened) node.setAttribute('aria-current', 'true')
  else node.removeAttribute('aria-current')
  if (item === undefined) render(emptyRow(look.row), node)
  else render(look.isPassing ? passingRow(item, look) : fullRow(item, look), node)
}

/** Id of a cell, for `aria-activedescendant`. */
export const cellId = (row: number, column: 0 | 1): string => `cell-${row}-${column}`

const emptyRow = (row: number): TemplateResult =>
  html`<div role="gridcell" id=${cellId(row, 0)} class="cell main"><span class="ghost"></span></div>`

const passingRow = ({ row: { name } }: Item, { row, labels }: RowLook): TemplateResult =>
  html`<div role="gridcell" id=${cellId(row, 0)} class="cell main">
    <span class="avatar"></span
    ><span class="texts"><span class="name" dir="auto">${name || labels.noName}</span></span>
  </div>`

/** The two cells of a row: the contact, and its call. */
const fullRow = (item: Item, look: RowLook): TemplateResult => {
  const { row, neighbours, labels, activeColumn, hasBadge } = look
  const { key, name, isIncomplete } = item.row
  const {
    name: shown,
    detail,
    phone,
  } = textsOf(
    item,
    neighbours.map((other) => other?.row),
  )
  const active = (column: 0 | 1) => (activeColumn === column ? 'active' : '')
  return html`<div role="gridcell" id=${cellId(row, 0)} class="cell main ${active(0)}">
      ${avatar(name, key)}<span class="texts"
        ><span class="name ${name === '' ? 'muted' : ''}" part="name" dir="auto"
          >${name === '' ? labels.noName : withMarks(shown)}</span
        >${detail.text === '' ? nothing : html`<span class="detail" dir="auto">${withMarks(detail)}</span>`}</span
      >${
        isIncomplete
          ? html`<span class="incomplete" title=${labels.incomplete}
              >${icon('warning')}<span class="visually-hidden">${labels.incomplete}</span></span
            >`
          : nothing
      }${hasBadge ? badges(item.row, look) : nothing}
    </div>
    ${
      phone === null
        ? nothing
        : html`<div role="gridcell" id=${cellId(row, 1)} class="cell reach ${active(1)}">
            <button
              type="button"
              class="button subtle icon"
              part="call"
              tabindex="-1"
              aria-label=${labels.call(phone.value)}
              title=${phone.value}
            >
              ${icon('call')}
            </button>
          </div>`
    }`
}

/** Where the contacts of the person come from: short for the eye, in full for the ear. */
const badges = ({ source, sources }: Row, { labels, people }: RowLook): TemplateResult => {
  const badge = (each: Row['source']) => html`<span class="badge" part="badge">${labels.badges[each]}</span>`
  if (sources.length < 2) return badge(source)
  return html`<span class="badges" aria-hidden="true">${sources.map(badge)}</span
    ><span class="visually-hidden">${people.sources(sources)}</span>`
}

const withMarks = ({ text, ranges }: MarkedText): readonly unknown[] | string => {
  if (ranges.length === 0) return text
  const parts: unknown[] = []
  let from = 0
  for (const [start, end] of ranges) {
    parts.push(text.slice(from, start), html`<mark part="match">${text.slice(start, end)}</mark>`)
    from = end
  }
  return [...parts, text.slice(from)]
}
