import type { ReactiveController, ReactiveElement } from 'lit'

/**
 * Opens the dialog of an element while it is wanted and the element is drawn. An open dialog makes the page inert, also in an
 * element that its app hides.
 */
export class ModalDialog implements ReactiveController {
  readonly #host: ReactiveElement
  readonly #isWanted: () => boolean
  /** Dialogs that were closed here, and whose events have not come. */
  #closes = 0
  readonly #sizes = new ResizeObserver(() => this.hostUpdated())

  constructor(host: ReactiveElement, isWanted: () => boolean) {
    this.#host = host
    this.#isWanted = isWanted
    host.addController(this)
  }

  /** Whether the person closed it. The event of a dialog that was closed here may come once it is open again. */
  isByPerson({ type }: Event): boolean {
    if (type !== 'close' || this.#closes === 0) return true
    this.#closes--
    return false
  }

  hostConnected(): void {
    this.#sizes.observe(this.#host)
  }

  hostDisconnected(): void {
    this.#sizes.disconnect()
  }

  hostUpdated(): void {
    const dialog = this.#host.renderRoot.querySelector('dialog')
    const isDrawn = this.#host.getClientRects().length > 0
    if (!dialog || dialog.open === (isDrawn && this.#isWanted())) return
    if (!dialog.open) dialog.showModal()
    else {
      this.#closes++
      dialog.close()
    }
  }
}
