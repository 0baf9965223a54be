/** What the compared lists have in common: their frame, their keys and a search by name. */
import { controls } from '../../../src/shells/web/base/controls.ts'
import { iconStyles } from '../../../src/shells/web/base/icons.ts'
import { theme } from '../../../src/shells/web/base/theme.ts'
import { avatarStyles } from '../../../src/shells/web/contact/avatar.ts'
import { listStyles } from '../../../src/shells/web/list/list-styles.ts'
import { rowStyles } from '../../../src/shells/web/list/row-styles.ts'
import type { KeptContact } from './kept-json.ts'
import { readKept } from './kept-json.ts'
import { frameOf, offerList } from './measured-list.ts'
import { markActive } from './peer-row.ts'

/** Height of a row in pixels. */
export const ROW = 56

/** Draws rows in a scroller. */
export interface PeerRows {
  /** Shows these of all contacts, by their places. */
  show(places: readonly number[]): void
  /** Scrolls as little as shows the row at this place of those that are shown. */
  reveal(at: number): void
}

/** Makes the rows of a list. @param isActive whether the keyboard is on the contact at this place */
export type MakeRows = (
  scroller: HTMLElement,
  contacts: readonly KeptContact[],
  isActive: (place: number) => boolean,
) => PeerRows

/** Shows the kept contacts. @param style further rules than those of `<contact-list>` */
export const showPeer = async (style: string, make: MakeRows): Promise<void> => {
  const host = document.createElement('div')
  const root = host.attachShadow({ mode: 'open' })
  const more = new CSSStyleSheet()
  more.replaceSync(style)
  const styles = [theme, controls, iconStyles, avatarStyles, rowStyles, listStyles]
  root.adoptedStyleSheets = [...styles.flatMap(({ styleSheet }) => styleSheet ?? []), more]
  root.innerHTML = `<section class="pane"><div class="bar"><input class="field" type="search" aria-label="Search"></div>
    <div class="body"><div class="scroller" role="listbox" tabindex="0" aria-label="Contacts"></div></div></section>`
  const scroller = root.querySelector('.scroller') as HTMLElement
  const field = root.querySelector('input') as HTMLInputElement
  frameOf(host)
  const { answered } = offerList({
    scroller: () => scroller,
    hasRows: () => scroller.querySelector('.name') !== null,
  })

  const contacts = await readKept()
  const all = contacts.map((_, place) => place)
  const names = contacts.map(({ displayName }) => displayName.toLowerCase())
  let shown: readonly number[] = all
  let active = -1
  const rows = make(scroller, contacts, (place) => place === shown[active])
  const nodeOf = (at: number) => root.getElementById(`row-${shown[at] ?? -1}`)
  const activate = (at: number) => {
    markActive(nodeOf(active), false)
    active = Math.min(Math.max(at, 0), shown.length - 1)
    rows.reveal(active)
    markActive(nodeOf(active), true)
    scroller.setAttribute('aria-activedescendant', `row-${shown[active] ?? -1}`)
  }
  const search = (text: string) => {
    const wanted = text.trim().toLowerCase()
    shown = wanted === '' ? all : all.filter((place) => names[place]?.includes(wanted))
    scroller.scrollTop = 0
    rows.show(shown)
    answered(wanted)
  }
  rows.show(all)

  field.addEventListener('input', () => search(field.value))
  field.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return
    field.value = ''
    search('')
  })
  scroller.addEventListener('focus', () => activate(Math.max(0, active)))
  scroller.addEventListener('keydown', (event) => {
    const page = Math.floor(scroller.clientHeight / ROW)
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page }[event.key]
    if (step === undefined) return
    event.preventDefault()
    activate(active + step)
  })
}
