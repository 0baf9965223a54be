import { html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { keyed } from 'lit/directives/keyed.js'
import type { ClientAccount, CommandType, ContactsClient, ProgressBySource, Source } from '../../../index.ts'
import type { Messages } from '../../../messages.ts'
import { Announcer } from '../base/announcer.ts'
import { ContactsElement } from '../base/contacts-element.ts'
import type { Subscription } from '../base/contacts-element.ts'
import { ModalDialog } from '../base/modal-dialog.ts'
import { AccountCard } from './account-card.ts'
import type { CardHost } from './account-card.ts'
import { Announcements } from './announcements.ts'
import { accountCard } from './parts/card.ts'
import { cardView } from './card-view.ts'
import type { CardView } from './card-view.ts'
import { fileWords } from './file-choice.ts'
import type { FileChoice } from './file-choice.ts'
import { refuseFiles } from './parts/file-zone.ts'
import { refreshAll } from './parts/refresh-all.ts'
import { signOutQuestion } from './parts/sign-out-dialog.ts'
import type { SignInWay } from './sign-in-way.ts'
import { buttonStyles } from './look/button-styles.ts'
import { cardStyles } from './look/card-styles.ts'
import { panelStyles } from './look/panel-styles.ts'

/** In ms, while something is under way and otherwise. */
const TICK = 1_000
const SLOW_TICK = 30_000

/** `detail` of `contacts-command`. */
export interface ContactsCommandDetail {
  readonly command: CommandType
  readonly source: Source
}

/** `detail` of `contacts-kept`. */
export interface ContactsKeptDetail {
  /** The attempt whose held removal the person does not want now; null: it is a question again. */
  readonly attempt: string | null
  readonly source: Source
}

/**
 * Settings > Contacts: links accounts, shows what an import does and what went wrong, and signs out. It speaks to its client
 * only.
 *
 * Before each command it dispatches `contacts-command` with `detail: { command, source }`, within the click that gives it. If
 * a listener prevents the default, the element does not give the command. It dispatches `contacts-kept` when the person keeps the
 * contacts that a refresh would remove, or asks for the question again.
 */
export class ContactSettings extends ContactsElement {
  static override properties = {
    signInTabs: { attribute: false },
    adminConsentLink: { attribute: 'admin-consent-link' },
    outlookFile: { attribute: false },
    storage: {},
    demo: { type: Boolean },
    accounts: { state: true },
    progress: { state: true },
    asking: { state: true },
  }
  static override styles = [...ContactsElement.styles, panelStyles, buttonStyles, cardStyles]

  /** The sign-in of each source that signs in in tabs of this browser. Null, or a source left out: the book signs in by itself. */
  declare signInTabs: Readonly<Partial<Record<Source, SignInWay>>> | null
  /** Takes the files for the contacts of the Outlook app. Null: the book finds them by itself, as on Node. */
  declare outlookFile: FileChoice | null
  /** Where an administrator approves the app: `adminConsentLink()` of `device-contacts/messages`. */
  declare adminConsentLink: string | null
  /** Where the book stores its contacts, for the words about storage. Default: `browser`. */
  declare storage: 'browser' | 'file'
  /** The accounts are invented: shows a mark of its own in place of the logo of the service. */
  declare demo: boolean
  declare private accounts: readonly ClientAccount[] | null
  declare private progress: ProgressBySource
  /** The source whose sign-out waits for a confirmation. */
  declare private asking: Source | null
  readonly #cards = new Map<Source, AccountCard>()
  readonly #announcements = new Announcements()
  readonly #announcer = new Announcer(this)
  readonly #dialog = new ModalDialog(this, () => this.asking !== null)
  #timer: ReturnType<typeof setTimeout> | undefined
  #focused: { readonly element: Element; readonly source: string } | null = null

  constructor() {
    super()
    this.signInTabs = null
    this.outlookFile = null
    this.adminConsentLink = null
    this.storage = 'browser'
    this.demo = false
    this.accounts = null
    this.progress = {}
    this.asking = null
  }

  readonly #host: CardHost = {
    client: () => this.client,
    way: (source) => this.signInTabs?.[source] ?? null,
    files: (source) => (source === 'outlook' ? this.outlookFile : null),
    pickFiles: (source) => this.#within(source, 'input')?.click(),
    changed: () => this.requestUpdate(),
    isWanted: (command, source) => this.#tell('contacts-command', { command, source }),
    kept: (attempt, source) => void this.#tell('contacts-kept', { attempt, source }),
    askSignOut: (source) => (this.asking = source),
  }

  #tell(name: string, detail: ContactsCommandDetail | ContactsKeptDetail): boolean {
    return this.dispatchEvent(
      new CustomEvent(name, {
        detail,
        bubbles: true,
        composed: true,
        cancelable: name === 'contacts-command',
      }),
    )
  }

  protected override follow(client: ContactsClient): readonly Subscription[] {
    return [
      client.accounts.subscribe((accounts) => (this.accounts = accounts)),
      client.progress.subscribe((progress) => (this.progress = progress)),
    ]
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.requestUpdate()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed)
    if (changed.has('accounts') || changed.has('signInTabs'))
      for (const account of this.accounts ?? []) this.#cardOf(account.source).follow(account)
    const news = this.#announcements.of(this.#views())
    if (news !== null) this.#announcer.say(news)
    const element = this.shadowRoot?.activeElement ?? null
    const source = element?.closest('section')?.dataset['source']
    this.#focused = element !== null && source !== undefined ? { element, source } : null
  }

  protected override updated(): void {
    this.#keepFocus()
    clearTimeout(this.#timer)
    if (!this.isConnected) return
    const isBusy = this.accounts?.some(({ runner }) => runner !== null) === true
    this.#timer = setTimeout(() => this.requestUpdate(), isBusy ? TICK : SLOW_TICK)
  }

  protected override render(): unknown {
    const { texts } = this
    if (texts === null) return nothing
    const { settings } = texts
    const views = this.#views()
    return html`<div
      class="root"
      lang=${texts.locale}
      @dragover=${this.outlookFile && refuseFiles}
      @drop=${this.outlookFile && refuseFiles}
    >
      <header class="top">
        <div>
          <h2 part="heading">${settings.heading}</h2>
          <p class="muted">${this.accounts === null ? settings.opening : settings.intro}</p>
        </div>
        ${this.accounts?.some(({ list }) => list !== null) ? refreshAll(views, texts) : nothing}
      </header>
      ${views.map((view) => keyed(view.account.source, accountCard(view)))} ${this.#announcer.render()}
      <dialog aria-labelledby="sign-out-question" part="dialog" @close=${this.#closed}>
        ${this.#question(texts)}
      </dialog>
    </div>`
  }

  #question(texts: Messages): unknown {
    const account = this.accounts?.find(({ source }) => source === this.asking)
    if (account === undefined) return nothing
    return signOutQuestion({
      account,
      texts: this.#host.files(account.source) === null ? texts : fileWords(texts),
      hasOthers: this.accounts?.some((other) => other !== account && other.list !== null) === true,
      decisions: this.client?.list.get().decisions[account.source] ?? 0,
      confirm: () => {
        this.asking = null
        this.#cardOf(account.source).give('signOut')
      },
      cancel: () => (this.asking = null),
    })
  }

  #views(): readonly CardView[] {
    const { accounts, texts, progress, storage, adminConsentLink, demo: isDemo } = this
    if (texts === null) return []
    const now = Date.now()
    return (accounts ?? []).map((account): CardView => {
      const card = this.#cardOf(account.source)
      return cardView({
        ...{ card, account, adminConsentLink, isDemo, now, storage, texts },
        isOffline: !navigator.onLine,
        progress: progress[account.source] ?? null,
        way: this.#host.way(account.source),
        hasFile: this.outlookFile !== null,
        copy: (text) => void this.#copy(card, text, texts),
      })
    })
  }

  async #copy(card: AccountCard, text: string, { settings }: Messages): Promise<void> {
    this.#announcer.say((await card.copy(text)) ? settings.copied : settings.copyFailed, true)
  }

  /** If the focused button is gone, the focus stays in its card. */
  #keepFocus(): void {
    const { element, source } = this.#focused ?? {}
    if (element === undefined || source === undefined || element.isConnected) return
    this.#within(source, 'h3')?.focus()
  }

  #within(source: string, selector: string): HTMLElement | null {
    return this.shadowRoot?.querySelector<HTMLElement>(`section[data-source=${source}] ${selector}`) ?? null
  }

  readonly #closed = (event: Event): void => {
    if (this.#dialog.isByPerson(event)) this.asking = null
  }

  #cardOf(source: Source): AccountCard {
    const known = this.#cards.get(source)
    if (known) return known
    const card = new AccountCard(source, this.#host)
    this.#cards.set(source, card)
    return card
  }
}
