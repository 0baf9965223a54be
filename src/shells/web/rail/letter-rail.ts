import { html, nothing } from 'lit'
import type { ReactiveController, ReactiveControllerHost, TemplateResult } from 'lit'
import type { ListSummary } from '../../../index.ts'
import { railLetters } from './letters.ts'
import type { RailLetter } from './letters.ts'

/** A letter is at least as high, in pixels (WCAG 2.2, 2.5.8). Where there is less room, some are left out. */
const LEAST_HEIGHT = 24

/**
 * The letters beside the list: a toolbar with one tab stop. A finger or a mouse that is moved along it goes through the
 * letters and shows each in large, also those that are left out.
 */
export class LetterRail implements ReactiveController {
  readonly #host: ReactiveControllerHost
  readonly #onJump: (section: number) => void
  #sections: ListSummary['sections'] = []
  #letters: readonly RailLetter[] = []
  #focused = 0
  #height = 0
  #dragged: RailLetter | null = null

  constructor(host: ReactiveControllerHost, onJump: (section: number) => void) {
    this.#host = host
    this.#onJump = onJump
    host.addController(this)
  }

  /** Needed of a controller. */
  hostConnected(): void {
    this.#dragged = null
  }

  /** Those of the list. The letters are made once for each: that takes some ms where a list has hundreds of sections. */
  set sections(sections: ListSummary['sections']) {
    if (sections === this.#sections) return
    this.#sections = sections
    this.#letters = railLetters(sections)
    this.#focused = Math.min(this.#focused, Math.max(0, this.#letters.length - 1))
  }

  /** @param height of the rail, in pixels */
  resize(height: number): void {
    if (height === this.#height) return
    this.#height = height
    this.#host.requestUpdate()
  }

  /** Each which letter has a button. */
  get #step(): number {
    return this.#height === 0 ? 1 : Math.ceil((this.#letters.length * LEAST_HEIGHT) / this.#height) || 1
  }

  render(label: string, current: number): TemplateResult {
    const step = this.#step
    const focused = this.#focused - (this.#focused % step)
    return html`<div
        class="rail"
        part="letters"
        role="toolbar"
        aria-orientation="vertical"
        aria-label=${label}
        @keydown=${this.#onKey}
        @click=${this.#onClick}
        @pointerdown=${this.#onPoint}
        @pointermove=${this.#onPoint}
        @pointerup=${this.#onRelease}
        @pointercancel=${this.#onRelease}
      >
        ${this.#letters.map(({ label: letter, section }, at) =>
          at % step === 0
            ? html`<button
                type="button"
                class=${section !== null && section === current ? 'letter current' : 'letter'}
                data-at=${at}
                tabindex=${at === focused ? 0 : -1}
                aria-disabled=${section === null ? 'true' : nothing}
              >
                ${letter}
              </button>`
            : html`<span class="skipped"></span>`,
        )}
      </div>
      ${this.#dragged === null ? nothing : html`<div class="bubble" aria-hidden="true">${this.#dragged.label}</div>`}`
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const step = this.#step
    const last = this.#letters.length - 1
    const focused = this.#focused - (this.#focused % step)
    const to = {
      ArrowDown: focused + step,
      ArrowUp: focused - step,
      Home: 0,
      End: last - (last % step),
    }[event.key]
    if (to === undefined) return
    event.preventDefault()
    if (to < 0 || to > last) return
    this.#focused = to
    const rail = event.currentTarget as HTMLElement
    rail.querySelector<HTMLElement>(`[data-at="${to}"]`)?.focus()
    this.#host.requestUpdate()
  }

  /** By keyboard or by a screen reader; a pointer has jumped already. */
  readonly #onClick = (event: MouseEvent): void => {
    if (event.detail === 0) this.#jump(this.#letters[Number((event.target as HTMLElement).dataset['at'])])
  }

  readonly #onPoint = (event: PointerEvent): void => {
    const rail = event.currentTarget as HTMLElement
    if (event.type === 'pointerdown') rail.setPointerCapture(event.pointerId)
    else if (!rail.hasPointerCapture(event.pointerId)) return
    const { top, height } = rail.getBoundingClientRect()
    const at = Math.floor(((event.clientY - top) / height) * this.#letters.length)
    const letter = this.#letters[Math.min(Math.max(at, 0), this.#letters.length - 1)]
    if (letter === undefined || letter === this.#dragged) return
    this.#dragged = letter
    this.#jump(letter)
    this.#host.requestUpdate()
  }

  readonly #onRelease = (): void => {
    this.#dragged = null
    this.#host.requestUpdate()
  }

  #jump(letter: RailLetter | undefined): void {
    if (letter?.section !== undefined && letter.section !== null) this.#onJump(letter.section)
  }
}
