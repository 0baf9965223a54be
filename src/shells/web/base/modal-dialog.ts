import type { ReactiveController, ReactiveElement } from 'lit'

/**
 * Opens the dialog of an element while it is wanted and the element is drawn. An open dialog makes the page inert, also in an
 * element that its app hides.
 */
export class ModalDialog implements ReactiveController {
  readonly #host: ReactiveElement
  readonly #isWanted: () => boolean
  readonly #sizes = new ResizeObserver(() => this.hostUpdated())

  constructor(host: ReactiveElement, isWanted: () => boolean) {
    this.#host = host
    this.#isWanted = isWanted
    host.addController(this)
  }

  /** Whether a dialog that closes was closed by the person. */
  get isDrawn(): boolean {
    return this.#host.getClientRects().length > 0
  }

  hostConnected(): void {
    this.#sizes.observe(this.#host)
  }

  hostDisconnected(): void {
    this.#sizes.disconnect()
  }

  hostUpdated(): void {
    const dialog = this.#host.renderRoot.querySelector('dialog')
    if (!dialog || dialog.open === (this.isDrawn && this.#isWanted())) return
    if (dialog.open) dialog.close()
    else dialog.showModal()
  }
}
