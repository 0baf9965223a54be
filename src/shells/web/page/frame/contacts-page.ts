import { html, nothing } from 'lit'
import type { PropertyValues, TemplateResult } from 'lit'
import type { ClientAccount, ContactsClient } from '../../../../browser.ts'
import { explainFailure } from '../../../../messages.ts'
import type { ContactsKeptDetail } from '../../settings/contact-settings.ts'
import { ContactsElement } from '../../base/contacts-element.ts'
import { attentionMark } from './attention-mark.ts'
import { brand, icons } from './icons.ts'
import { narrowStyles } from './narrow-styles.ts'
import { pageNotices } from './page-notices.ts'
import type { PageExtension } from '../page-extension.ts'
import type { OpenPage, PageState } from '../page-state.ts'
import { pageStyles } from './page-styles.ts'
import { pageTexts } from '../page-texts.ts'
import type { PageTexts } from '../page-texts.ts'
import { routeOf, viewNames } from './routes.ts'
import type { Route } from './routes.ts'
import { ScrollPlaces } from './scroll-places.ts'

/** The app around the elements: its navigation, and what there is to say about the page itself. */
export class ContactsPage extends ContactsElement {
  static override properties = {
    ...ContactsElement.properties,
    state: { attribute: false },
    notice: { attribute: false },
    extension: { attribute: false },
    isIncomplete: { attribute: false },
    route: { state: true },
    accounts: { state: true },
    kept: { state: true },
    problem: { state: true },
  }
  static override styles = [...ContactsElement.styles, pageStyles, narrowStyles]

  declare state: PageState
  /** A sentence that is always shown. */
  declare notice: string | null
  declare extension: PageExtension | null
  /** Code of the page could not be loaded. */
  declare isIncomplete: boolean
  declare private route: Route
  declare private accounts: readonly ClientAccount[]
  /** Attempts whose held removals the person does not want now, by source. */
  declare private kept: Readonly<Record<string, string | null>>
  /** What went wrong with the last press of a button of the page itself. */
  declare private problem: string
  /** Views that were opened stay. */
  readonly #opened = new Set<Route>()
  readonly #places = new ScrollPlaces<Route>()
  /** The next view is opened by a button that it hides, so it takes the focus. */
  #isLed = false

  constructor() {
    super()
    this.state = { phase: 'starting' }
    this.notice = null
    this.extension = null
    this.isIncomplete = false
    this.route = routeOf(location.hash)
    this.accounts = []
    this.kept = {}
    this.problem = ''
  }

  override connectedCallback(): void {
    super.connectedCallback()
    addEventListener('hashchange', this.#go)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    removeEventListener('hashchange', this.#go)
  }

  protected override follow(client: ContactsClient) {
    return [client.accounts.subscribe((accounts) => (this.accounts = accounts))]
  }

  protected override willUpdate(changed: PropertyValues): void {
    this.client = this.state.phase === 'open' ? this.state.page.client : null
    this.#opened.add(this.route)
    super.willUpdate(changed)
  }

  protected override updated(changed: PropertyValues): void {
    const main = this.renderRoot.querySelector('main')
    const words = pageTexts(this.locale ?? 'en')
    // Two tabs are told apart, and a screen reader says where one is.
    document.title = `${viewNames(words, this.extension)[this.route][1]} – ${words.appName}`
    if (!changed.has('route')) return
    this.#places.enter(this.route, main)
    if (this.#isLed) main?.focus({ preventScroll: true })
    this.#isLed = false
  }

  override render(): TemplateResult {
    const { notice, isIncomplete, state } = this
    const words = pageTexts(this.locale ?? 'en')
    const names = viewNames(words, this.extension)
    return html`
      ${pageNotices({ notice, isIncomplete, isLost: state.phase === 'open' && state.isLost }, words, this.#reload)}
      <nav aria-label=${words.navigation}>
        <div class="brand">
          ${brand}
          <h1>${words.appName}</h1>
        </div>
        ${this.#link('contacts', names.contacts)}
        ${this.#link('settings', names.settings, attentionMark(this.accounts, this.kept, words))}
        ${this.#link('call', names.call)} ${this.#link('inside', names.inside)}
        ${this.extension === null ? nothing : this.#link('extra', names.extra)}
      </nav>
      <main tabindex="-1">${this.#content(words)}</main>
    `
  }

  readonly #leadToSettings = () => {
    this.#isLed = true
    location.hash = 'settings'
  }

  #link(
    route: Route,
    [short, long]: readonly [short: string, long: string],
    mark: unknown = nothing,
  ): TemplateResult {
    return html`<a
      href="#${route}"
      class=${route === 'extra' ? 'last' : ''}
      aria-current=${route === this.route ? 'page' : nothing}
      >${icons[route]}<span class="short">${short}</span><span class="long">${long}</span>${mark}</a
    >`
  }

  #content(words: PageTexts): unknown {
    const { state } = this
    switch (state.phase) {
      case 'starting':
        if (this.isIncomplete && this.texts === null) return nothing
        return html`<p class="message" role="status">${words.starting}</p>`
      case 'open':
        return this.#views(state.page, words)
      case 'ended':
      case 'refused':
        return html`<div class="message" role="alert">
          <h2>${words[state.phase][0]}</h2>
          <p>${words[state.phase][1]}</p>
        </div>`
      case 'failed':
        return this.#failure(state, words)
    }
  }

  #failure(state: Extract<PageState, { phase: 'failed' }>, words: PageTexts): unknown {
    if (this.texts === null) return nothing
    const { happened, next } = explainFailure(this.texts, state.code, {
      source: 'microsoft365',
      steps: this.texts.settings.steps,
      storage: 'browser',
    })
    const remove = async () => {
      this.problem = ''
      if (await state.remove().catch(() => false)) location.reload()
      else this.problem = words.deleteLater
    }
    return html`<div class="message">
      <div role="alert">
        <h2>${happened}</h2>
        <p>${next}</p>
      </div>
      <button class="button primary" @click=${this.#reload}>${words.reload}</button>
      ${
        state.code === 'storage-damaged'
          ? html`<button class="button danger" @click=${remove}>${words.deleteStored}</button>`
          : nothing
      }
      <p role="status">${this.problem}</p>
    </div>`
  }

  #views(
    { client, signInTabs, outlookFile, adminConsentLink, storage }: OpenPage,
    words: PageTexts,
  ): unknown {
    const { locale } = this
    const view = (route: Route, shown: () => unknown) => (this.#opened.has(route) ? shown() : nothing)
    const isHidden = (route: Route) => route !== this.route
    return [
      view(
        'contacts',
        () =>
          html`<contact-list
            .client=${client}
            .locale=${locale}
            .outlookAddress=${this.notice === null ? null : ''}
            ?hidden=${isHidden('contacts')}
            @contact-settings-wanted=${this.#leadToSettings}
          ></contact-list>`,
      ),
      view(
        'settings',
        () =>
          html`<div class="column" ?hidden=${isHidden('settings')}>
            <contact-settings
              .client=${client}
              .locale=${locale}
              .signInTabs=${signInTabs}
              .outlookFile=${outlookFile}
              .adminConsentLink=${adminConsentLink}
              .storage=${storage}
              .demo=${this.notice !== null}
              @contacts-kept=${this.#keep}
            ></contact-settings>
          </div>`,
      ),
      view(
        'call',
        () =>
          html`<div class="column" ?hidden=${isHidden('call')}>
            <call-view .client=${client} .locale=${locale} .words=${words}></call-view>
          </div>`,
      ),
      view(
        'inside',
        () =>
          html`<div class="column wide" ?hidden=${isHidden('inside')}>
            <import-inspector .client=${client} .locale=${locale}></import-inspector>
          </div>`,
      ),
      view(
        'extra',
        () => html`<div class="column" ?hidden=${isHidden('extra')}>${this.extension?.view}</div>`,
      ),
    ]
  }

  readonly #keep = ({ detail }: CustomEvent<ContactsKeptDetail>) => {
    this.kept = { ...this.kept, [detail.source]: detail.attempt }
  }

  readonly #reload = () => location.reload()

  readonly #go = () => {
    this.#places.leave(this.route, this.renderRoot.querySelector('main'))
    this.route = routeOf(location.hash)
  }
}
