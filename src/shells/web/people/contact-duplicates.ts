import { html, nothing } from 'lit'
import type { PropertyDeclarations, TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { MOST_ROWS } from '../../../index.ts'
import type { ContactsClient, PossibleDuplicate } from '../../../index.ts'
import type { Messages } from '../../../messages.ts'
import { Announcer } from '../base/announcer.ts'
import { ContactsElement } from '../base/contacts-element.ts'
import { icon } from '../base/icons.ts'
import { ModalDialog } from '../base/modal-dialog.ts'
import { avatarStyles } from '../contact/avatar.ts'
import { Decisions } from './decisions.ts'
import { duplicatesStyles } from './duplicates-styles.ts'
import { idOf, OpenPairs } from './open-pairs.ts'
import { outcome, outcomeStyles } from './outcome.ts'
import { pairName, pairView } from './pair-view.ts'

/** Pairs that are shown at first, and that each *Show more* adds. */
const PAGE = 20

/** The last decision, and where its pair was. */
interface Last {
  readonly pair: PossibleDuplicate
  readonly at: number
  readonly isSame: boolean
  readonly isUndone: boolean
}

/** The dialog of `<contact-list>` in which a person decides which contacts of two sources are one person. */
export class ContactDuplicates extends ContactsElement {
  static override properties: PropertyDeclarations = {
    isOpen: { state: true },
    state: { state: true },
    last: { state: true },
  }
  static override styles = [...ContactsElement.styles, avatarStyles, duplicatesStyles, outcomeStyles]

  declare protected isOpen: boolean
  declare protected state: 'loading' | 'ready' | 'failed'
  declare protected last: Last | null

  readonly #announcer = new Announcer(this)
  readonly #decisions = new Decisions(this)
  readonly #dialog = new ModalDialog(this, () => this.isOpen)
  #pairs = new OpenPairs()
  #shown = PAGE

  constructor() {
    super()
    this.isOpen = false
    this.state = 'loading'
    this.last = null
  }

  /** Opens the dialog. */
  show(): void {
    this.#shown = PAGE
    this.last = null
    this.#decisions.forget()
    this.isOpen = true
    void this.#load()
  }

  protected override follow(client: ContactsClient) {
    this.#pairs = new OpenPairs()
    this.state = 'loading'
    return [client.list.subscribe(() => void this.#load())]
  }

  protected override render(): unknown {
    const { texts } = this
    if (!texts) return nothing
    const { people } = texts
    return html`<dialog part="dialog" aria-labelledby="title" @close=${this.#closed}>
      ${this.isOpen ? this.#content(texts) : nothing} ${this.#announcer.render()}
      <footer>
        ${this.isOpen ? this.#outcome(texts) : nothing}
        <button type="button" class="button" @click=${this.#close}>${people.close}</button>
      </footer>
    </dialog>`
  }

  #content(texts: Messages): TemplateResult {
    const { people } = texts
    const pairs = this.#pairs.all
    const count = this.#pairs.count(this.client?.list.get().duplicates ?? 0)
    return html`<div class="content">
      <h2 id="title" tabindex="-1" autofocus>${people.title}</h2>
      ${
        pairs.length > 0
          ? html`<p class="muted">${people.intro}</p>
              <p class="small muted">${people.possible(count)}</p>`
          : this.#nothing(texts)
      }
      <ul class="pairs" role="list">
        ${repeat(pairs, idOf, (pair) => pairView(pair, texts, (isSame) => void this.#decide(pair, isSame)))}
      </ul>
      ${
        count > pairs.length && this.#shown < MOST_ROWS
          ? html`<button type="button" class="button more" @click=${this.#showMore}>
              ${people.showMore}
            </button>`
          : nothing
      }
    </div>`
  }

  #nothing({ people, list }: Messages): TemplateResult {
    if (this.state === 'failed') return html`<p class="none" role="alert">${people.unavailable}</p>`
    if (this.state === 'loading') return html`<p class="none muted">${list.empty.loading.happened}</p>`
    return html`<p class="none" tabindex="-1">${icon('done')}${people.nothingLeft}</p>`
  }

  #outcome(texts: Messages): unknown {
    const { last } = this
    const said = last && this.#said(last, texts)
    const onUndo = last && !last.isUndone ? () => void this.#undo(last) : null
    return outcome(texts.people, said, this.#decisions.problem(texts), onUndo)
  }

  #said({ pair, isSame, isUndone }: Last, texts: Messages): string {
    const { people } = texts
    return people[isUndone ? 'undone' : isSame ? 'joined' : 'keptApart'](pairName(pair, texts))
  }

  async #decide(pair: PossibleDuplicate, isSame: boolean): Promise<void> {
    const { client } = this
    if (client === null || !(await this.#decisions.record(client, { contacts: pair.rows, isSame }))) return
    await this.#done({ pair, at: this.#pairs.decide(pair), isSame, isUndone: false })
  }

  /** The pair is a question again. */
  async #undo(last: Last): Promise<void> {
    const { client } = this
    const said = { contacts: last.pair.rows, isSame: null }
    if (client === null || !(await this.#decisions.record(client, said))) return
    this.#pairs.reopen(last.pair, last.at)
    await this.#done({ ...last, isUndone: true })
  }

  async #done(last: Last): Promise<void> {
    this.last = last
    if (this.texts) {
      const left = this.#pairs.all.length === 0 ? ` ${this.texts.people.nothingLeft}` : ''
      this.#announcer.say(this.#said(last, this.texts) + left, true)
    }
    await this.updateComplete
    const pairs = this.renderRoot.querySelectorAll<HTMLElement>('.pair')
    const next = pairs[Math.min(last.at, pairs.length - 1)]
    ;(next ?? this.renderRoot.querySelector<HTMLElement>('.none'))?.focus()
  }

  async #load(): Promise<void> {
    const { client } = this
    if (client === null || !this.isOpen) return
    const pairs = this.#pairs
    const shown = this.#shown
    try {
      const suggested = await client.duplicates(0, shown)
      if (pairs !== this.#pairs || shown !== this.#shown) return
      pairs.suggest(suggested)
      this.state = 'ready'
      for (const pair of pairs.reopened) if (!(await isOpen(client, pair))) pairs.close(pair)
    } catch {
      if (pairs.all.length === 0) this.state = 'failed'
    }
    this.requestUpdate()
  }

  readonly #showMore = async (): Promise<void> => {
    const before = this.#pairs.all.length
    this.#shown = Math.min(this.#shown + PAGE, MOST_ROWS)
    await this.#load()
    await this.updateComplete
    this.renderRoot.querySelectorAll<HTMLElement>('.pair')[before]?.focus()
  }

  readonly #close = (): void => this.renderRoot.querySelector('dialog')?.close()

  readonly #closed = (event: Event): void => {
    if (!this.#dialog.isByPerson(event)) return
    this.isOpen = false
    this.dispatchEvent(new CustomEvent('review-ended'))
  }
}

/** Whether the contacts of a pair are there, and nothing is decided about them. */
const isOpen = async (
  client: ContactsClient,
  { rows: [one, other] }: PossibleDuplicate,
): Promise<boolean> => {
  const person = await client.person(one.key)
  return person?.decisions.every(({ contacts }) => contacts.every(({ key }) => key !== other.key)) === true
}
