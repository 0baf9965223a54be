import { html, nothing } from 'lit'
import type { PropertyDeclarations, PropertyValues } from 'lit'
import type { ContactKey, ContactsClient } from '../../../index.ts'
import type { EmptyReason, Messages } from '../../../messages.ts'
import { Announcer } from '../base/announcer.ts'
import { ContactsElement } from '../base/contacts-element.ts'
import { ModalDialog } from '../base/modal-dialog.ts'
import { avatarStyles } from '../contact/avatar.ts'
import { Calls } from '../contact/reach.ts'
import { besideList, overList } from './card-side.ts'
import { ContactSearch } from './contact-search.ts'
import { DuplicatesLine } from './duplicates-line.ts'
import { emptyView, focusReason, unreadableNotice } from './empty-view.ts'
import { LetterRail } from '../rail/letter-rail.ts'
import { railStyles } from '../rail/rail-styles.ts'
import { ListGrid } from './list-grid.ts'
import {
  countSources,
  countText,
  emptyReasonOf,
  emptyStateIn,
  saidOf,
  unreadableAccounts,
} from './list-state.ts'
import { listStyles } from './list-styles.ts'
import { rowStyles } from './row-styles.ts'
import { searchBar } from './search-bar.ts'

/** Height of a row, and the least width with room for a card beside the list, in rem. */
const ROW = 3.5
const WIDE = 45

/**
 * My Contacts: up to thousands of rows, a search and the card of a contact. Fires `contact-call`, `contact-mail` and
 * `contact-settings-wanted`.
 */
export class ContactList extends ContactsElement {
  static override properties: PropertyDeclarations = {
    outlookAddress: { attribute: 'outlook-address' },
    opened: { state: true },
    isWide: { state: true },
  }
  static override styles = [...ContactsElement.styles, avatarStyles, rowStyles, listStyles, railStyles]

  /** Where *Edit in Outlook* leads: see `ContactCard`. */
  declare outlookAddress: string | null
  declare protected opened: ContactKey | null
  declare protected isWide: boolean

  readonly #announcer = new Announcer(this)
  readonly #calls = new Calls()
  readonly #grid = new ListGrid(this, {
    open: (key, byKeyboard) => void this.#open(key, byKeyboard),
    near: (number) => this.client && this.#calls.expect(this.client, number),
    call: (key, number) => void (this.client && this.#calls.call(this, this.client, key, number)),
    type: () => this.renderRoot.querySelector('input')?.focus(),
    escape: () => this.#search(''),
  })
  readonly #rail = new LetterRail(this, (section) => this.#grid.scrollToSection(section))
  readonly #finder = new ContactSearch((found) => this.#grid.showFound(found))
  readonly #dialog = new ModalDialog(this, () => true)
  readonly #duplicates = new DuplicatesLine(this)
  #empty: ReturnType<typeof emptyStateIn> = null
  #reason: EmptyReason | null = null
  #hadFocus = false
  readonly #sizes = new ResizeObserver(() => this.#measure())

  constructor() {
    super()
    this.outlookAddress = null
    this.opened = null
    this.isWide = false
  }

  /** Shows the card of a contact. */
  open(key: ContactKey): void {
    void this.#open(key, true)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#sizes.disconnect()
    this.#grid.stop()
  }

  protected override follow(client: ContactsClient) {
    this.#reset(client)
    const update = () => {
      this.#grid.adopt()
      this.#finder.update()
      this.requestUpdate()
    }
    return [client.list.subscribe(update), client.accounts.subscribe(update)]
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed)
    if (changed.has('client') && this.client === null) this.#reset(null)
    const { client, texts } = this
    const hasBadges = client !== null && countSources(client.accounts.get(), client.list.get()) > 1
    if (texts) this.#grid.look(texts, hasBadges, this.opened)
    const { found, sections } = this.#grid.rows
    this.#rail.sections = sections
    this.#empty = emptyStateIn(client)
    // After a sign-out: what was searched for is personal as well.
    if (this.#empty?.reason === 'not-connected' && this.#finder.text !== '') this.#search('')
    this.#reason = this.#empty?.reason ?? (found?.items.length === 0 ? emptyReasonOf(found) : null)
    this.#hadFocus = this.matches(':focus-within')
  }

  protected override updated(): void {
    const { list } = this.texts ?? {}
    if (list) this.#announcer.say(saidOf(this.#reason, this.#grid.rows.found, list))
    if (this.#hadFocus) focusReason(this)
    if (this.#grid.window === null && list) {
      this.#grid.attach(this.renderRoot)
      this.#measure()
    }
    if (this.isConnected)
      [this, ...this.renderRoot.querySelectorAll('.ruler, .body')].forEach((node) =>
        this.#sizes.observe(node),
      )
  }

  protected override render(): unknown {
    const { texts, client } = this
    if (!texts) return nothing
    const summary = client?.list.get()
    const accounts = client?.accounts.get() ?? []
    const { found, sections } = this.#grid.rows
    const [empty, reason] = [this.#empty, this.#reason]
    const canSearch =
      empty === null || this.#finder.text !== '' || ['loading', 'incoming'].includes(empty.reason)
    const isBeside = this.isWide && (empty === null || this.opened !== null)
    return html`<section class=${isBeside ? 'pane beside' : 'pane'} part="list">
        ${
          canSearch
            ? searchBar(texts.list, this.#finder.text !== '', {
                onFocus: () => this.#finder.prepare(this.client),
                onText: (text) => this.#search(text),
                onFirst: (isOpened) => this.#goToFirst(isOpened),
                onClear: this.#clear,
              })
            : nothing
        }
        ${empty ? nothing : html`<p class="count small muted">${countText(texts, this.#grid.rows, accounts)}</p>`}
        ${!summary || empty || found ? nothing : this.#duplicates.render(texts, summary)}
        ${empty ? nothing : unreadableAccounts(accounts).map((account) => unreadableNotice(account, texts, this.#wantSettings))}
        <div class="body">
          ${this.#grid.render(texts, reason !== null)}
          ${
            sections.length > 1 && reason === null
              ? this.#rail.render(texts.list.letters, this.#grid.section)
              : nothing
          }
          ${
            reason === null
              ? nothing
              : html`<div class="stage" tabindex="-1">
                  ${emptyView(reason, empty?.account ?? null, texts, {
                    onSettings: this.#wantSettings,
                    onClear: this.#clear,
                  })}
                </div>`
          }
        </div>
      </section>
      ${this.#card(texts, isBeside)} ${this.#announcer.render()}
      ${this.#duplicates.dialog(client, this.locale, () => this.#grid.focus())}
      <div class="ruler"></div>`
  }

  #card({ list, card }: Messages, isBeside: boolean): unknown {
    const shown =
      this.opened === null
        ? null
        : html`<contact-card
            class=${isBeside ? nothing : 'over'}
            exportparts="avatar, name: card-name, badge: card-badge, value, contacts, separate, apart, message, edit"
            .client=${this.client}
            .locale=${this.locale}
            .contactKey=${this.opened}
            .outlookAddress=${this.outlookAddress}
            @contact-erased=${this.#close}
            @contact-key-changed=${({ detail }: CustomEvent<ContactKey>) => (this.opened = detail)}
          >
            <p class="muted">${card.unavailable}</p>
          </contact-card>`
    if (isBeside) return besideList(list, shown, { onClose: this.#close, onEscape: () => this.#grid.focus() })
    return shown === null ? nothing : overList(list, shown, this.#closeDialog)
  }

  #reset(client: ContactsClient | null): void {
    this.opened = null
    this.#calls.forget()
    this.#search('')
    this.#grid.reset(client)
  }

  #search(text: string): void {
    const field = this.renderRoot.querySelector('input')
    if (field && text === '') field.value = ''
    this.#finder.search(this.client, text)
    this.requestUpdate()
  }

  /** A text that is typed fast is not found yet. By then, a person may be somewhere else. */
  #goToFirst(isOpened: boolean): void {
    this.#finder.whenShown(() => {
      if (this.renderRoot.querySelector('input:focus')) this.#grid.goToFirst(isOpened)
    })
  }

  readonly #clear = (): void => {
    this.#search('')
    this.renderRoot.querySelector('input')?.focus()
  }

  readonly #wantSettings = (): void => {
    this.dispatchEvent(new CustomEvent('contact-settings-wanted', { bubbles: true, composed: true }))
  }

  async #open(key: ContactKey, isFocused: boolean): Promise<void> {
    this.opened = key
    await this.updateComplete
    if (!isFocused && this.isWide) return
    await customElements.whenDefined('contact-card')
    if (this.opened === key)
      this.renderRoot.querySelector<HTMLElement>('contact-card')?.focus({ preventScroll: true })
  }

  readonly #close = (): void => {
    if (this.opened === null) return
    this.opened = null
    this.#grid.focus()
  }

  readonly #closeDialog = (event: Event): void => {
    if (this.#dialog.isByPerson(event)) this.#close()
  }

  #measure(): void {
    const row = this.renderRoot.querySelector<HTMLElement>('.ruler')?.offsetHeight ?? 0
    if (row === 0) return
    this.isWide = this.clientWidth >= (row / ROW) * WIDE
    this.#grid.resize(row)
    this.#rail.resize(this.renderRoot.querySelector<HTMLElement>('.body')?.clientHeight ?? 0)
  }
}
