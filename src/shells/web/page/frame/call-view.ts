import { css, html } from 'lit'
import type { TemplateResult } from 'lit'
import type { ContactsClient, Row } from '../../../../browser.ts'
import { ContactsElement } from '../../base/contacts-element.ts'
import type { PageTexts } from '../page-texts.ts'

/** Contacts with a number that the view offers. */
const MOST_OFFERED = 3

/** Rows that are looked through for them. */
const ROWS_READ = 40

/** Shows who is calling for a number that the person types: there is no telephone in a browser. */
export class CallView extends ContactsElement {
  static override properties = {
    ...ContactsElement.properties,
    words: { attribute: false },
    number: { state: true },
    offered: { state: true },
  }
  static override styles = [
    ...ContactsElement.styles,
    css`
      :host,
      form {
        display: grid;
        gap: calc(4 * var(--_space));
      }

      form {
        grid-template-columns: minmax(0, 1fr) auto;
        align-items: end;
        gap: calc(2 * var(--_space));
      }

      label {
        display: grid;
        gap: var(--_space);
        font-weight: 600;
      }

      .field {
        font-weight: 400;
      }

      .muted {
        text-align: -webkit-match-parent;
        text-align: match-parent;
        unicode-bidi: plaintext;
      }

      .button {
        min-block-size: 2.25rem;
      }

      .offered {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: calc(2 * var(--_space));
      }

      .ringing {
        display: grid;
        gap: calc(3 * var(--_space));
        justify-items: start;
      }

      incoming-call {
        inline-size: 100%;
      }
    `,
  ]

  declare words: PageTexts
  declare private number: string | null
  declare private offered: readonly Row[]

  constructor() {
    super()
    this.number = null
    this.offered = []
  }

  protected override follow(client: ContactsClient) {
    return [client.list.subscribe(({ version }) => void this.#offer(client, version))]
  }

  async #offer(client: ContactsClient, version: number): Promise<void> {
    const rows = await client.rows(version, 0, ROWS_READ).catch(() => [])
    if (rows === 'outdated') return
    this.offered = rows.filter(({ phone, name }) => phone !== null && name !== '').slice(0, MOST_OFFERED)
  }

  override render(): TemplateResult {
    const { words, number, offered } = this
    return html`
      <div>
        <h2>${words.callHeading}</h2>
        <p class="muted">${words.callHelp}</p>
      </div>
      <form @submit=${this.#ring}>
        <label
          >${words.number}
          <input
            class="field"
            name="number"
            type="tel"
            dir="ltr"
            autocomplete="off"
            required
            maxlength="40"
          />
        </label>
        <button class="button primary">${words.ring}</button>
      </form>
      ${
        offered.length === 0
          ? null
          : html`<div class="offered">
              <span class="muted">${words.someOfYours}</span>
              ${offered.map(
                ({ name, phone }) =>
                  html`<button class="button" @click=${() => this.#show(phone?.value ?? '')}>
                    <bdi>${name}</bdi>
                  </button>`,
              )}
            </div>`
      }
      ${
        number === null
          ? null
          : html`<div class="ringing">
              <incoming-call .client=${this.client} .locale=${this.locale} .number=${number}></incoming-call>
              <button class="button" @click=${this.#hangUp}>${words.hangUp}</button>
            </div>`
      }
    `
  }

  readonly #ring = (event: SubmitEvent) => {
    event.preventDefault()
    const typed = new FormData(event.target as HTMLFormElement).get('number')
    if (typeof typed === 'string') this.number = typed.trim() || null
  }

  get #field(): HTMLInputElement | null {
    return this.renderRoot.querySelector('input')
  }

  // The button goes, and the focus must not.
  readonly #hangUp = () => {
    this.number = null
    this.#field?.focus()
  }

  #show(number: string): void {
    if (this.#field) this.#field.value = number
    this.number = number
  }
}
