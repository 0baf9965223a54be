import { html, nothing } from 'lit'
import type { ReactiveElement, TemplateResult } from 'lit'
import type { ContactsClient, ListSummary } from '../../../index.ts'
import type { Messages } from '../../../messages.ts'
import type { ContactDuplicates } from '../people/contact-duplicates.ts'

const TAG = 'contact-duplicates'

/** Tells how many pairs of contacts may be one person, and opens the dialog about them. Its code is loaded then. */
export class DuplicatesLine {
  readonly #host: ReactiveElement
  #dialog: 'none' | 'there' | 'failed' = 'none'

  constructor(host: ReactiveElement) {
    this.#host = host
  }

  /** Nothing if there are no pairs, or if their number still grows. */
  render({ people }: Messages, { duplicates, status }: ListSummary): unknown {
    if (duplicates === 0 || Object.values(status).includes('incoming')) return nothing
    return html`<div class="possible small muted" part="duplicates">
      <span>${people.possible(duplicates)}</span>
      <button type="button" class="button subtle small" aria-haspopup="dialog" @click=${this.#open}>
        ${people.review}
      </button>
      ${this.#dialog === 'failed' ? html`<p role="alert">${people.unavailable}</p>` : nothing}
    </div>`
  }

  /** @param onClosed called when the button is gone that had the focus */
  dialog(
    client: ContactsClient | null,
    locale: string | null,
    onClosed: () => void,
  ): TemplateResult | typeof nothing {
    if (this.#dialog !== 'there') return nothing
    const closed = () => (this.#host.renderRoot.querySelector('.possible') ? undefined : onClosed())
    return html`<contact-duplicates
      exportparts="dialog, pair, message"
      .client=${client}
      .locale=${locale}
      @review-ended=${closed}
    ></contact-duplicates>`
  }

  readonly #open = async (): Promise<void> => {
    try {
      const { ContactDuplicates } = await import('../people/contact-duplicates.ts')
      if (!customElements.get(TAG)) customElements.define(TAG, ContactDuplicates)
      this.#dialog = 'there'
    } catch {
      this.#dialog = 'failed'
    }
    this.#host.requestUpdate()
    await this.#host.updateComplete
    this.#host.renderRoot.querySelector<ContactDuplicates>(TAG)?.show()
  }
}
