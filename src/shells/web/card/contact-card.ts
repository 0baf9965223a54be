import { html, nothing } from 'lit'
import type { PropertyDeclarations, PropertyValues, TemplateResult } from 'lit'
import type { Contact, ContactKey, ContactsClient, DialString, PersonDetails } from '../../../index.ts'
import type { Messages } from '../../../messages.ts'
import { Announcer } from '../base/announcer.ts'
import { ContactsElement } from '../base/contacts-element.ts'
import { avatar, avatarStyles } from '../contact/avatar.ts'
import { icon } from '../base/icons.ts'
import { PhotoUrl } from '../contact/photo-url.ts'
import { dialOf } from '../contact/reach.ts'
import { outcomeStyles } from '../people/outcome.ts'
import { fieldName } from './card-fields.ts'
import { cardStyles } from './card-styles.ts'
import { cardValue } from './card-value.ts'
import { outlookAddress } from './outlook-address.ts'
import { personNow } from './person-now.ts'
import { personStyles } from './person-section.ts'
import { Together } from './together.ts'
import { sourcedGroups } from './value-source.ts'
import type { SourcedGroup } from './value-source.ts'

/** A contact as the card shows it. */
interface Shown extends PersonDetails {
  /** As the list shows it; empty if it has none. */
  readonly name: string
  readonly dials: ReadonlyMap<string, DialString>
  /** It is not in the list any more. */
  readonly isGone: boolean
}

/** Everything about one contact. Fires `contact-call` and `contact-mail`. */
export class ContactCard extends ContactsElement {
  static override properties: PropertyDeclarations = {
    contactKey: { attribute: 'contact-key' },
    outlookAddress: { attribute: 'outlook-address' },
    shown: { state: true },
    hasFailed: { state: true },
    copied: { state: true },
  }
  static override styles = [...ContactsElement.styles, avatarStyles, cardStyles, personStyles, outcomeStyles]

  /** The contact to show. Null: none. */
  declare contactKey: ContactKey | null
  /**
   * Where *Edit in Outlook* leads, for organizations with another address; empty: no link. By default, People in Outlook on
   * the web, for contacts from Microsoft 365.
   */
  declare outlookAddress: string | null
  declare private shown: Shown | null
  declare protected hasFailed: boolean
  /** The value that was copied last. */
  declare protected copied: string | null

  readonly #announcer = new Announcer(this)
  readonly #photo = new PhotoUrl(this)
  readonly #together = new Together(this, this.#announcer)
  #version = -1

  constructor() {
    super()
    this.contactKey = null
    this.outlookAddress = null
    this.shown = null
    this.hasFailed = false
    this.copied = null
  }

  override focus(options?: FocusOptions): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('article')?.focus(options))
  }

  protected override follow(client: ContactsClient) {
    this.#forget()
    this.#version = -1
    return [
      client.list.subscribe(({ version }) => {
        if (version === this.#version) return
        this.#version = version
        void this.#load()
      }),
      client.accounts.subscribe(() => this.requestUpdate()),
    ]
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed)
    if (changed.has('contactKey') && !changed.has('client') && this.contactKey !== this.shown?.contact.key) {
      this.#forget()
      void this.#load()
    }
  }

  protected override render(): unknown {
    const { texts, shown, hasFailed } = this
    if (!texts || this.contactKey === null) return nothing
    return html`<div class="stays" data-name=${shown ? shown.name || texts.list.noName : nothing}></div>
      <article tabindex="-1" aria-labelledby="name" aria-busy=${String(!shown && !hasFailed)}>
        ${hasFailed && !shown ? html`<p class="message">${texts.card.unavailable}</p>` : nothing}
        ${shown ? this.#contact(shown, texts) : nothing} ${this.#announcer.render()}
      </article>`
  }

  #contact(shown: Shown, texts: Messages): TemplateResult {
    const { contact, contacts, name, isGone } = shown
    const { card, list, people } = texts
    const account = this.client?.accounts.get().find(({ source }) => source === contact.source)
    const { folders = [] } = account ?? {}
    const { organization } = contact
    const role = [organization?.title, organization?.name].filter((text) => text && text !== name)
    return html`<header>
        ${avatar(name, contact.key, this.#photo.url)}
        <div class="titles">
          <h2 id="name" part="name" dir="auto">${name || list.noName}</h2>
          ${role.map((text) => html`<p class="muted" dir="auto">${text}</p>`)}
          <p class="small muted source">${people.sources(contacts.map(({ source }) => source))}</p>
        </div>
      </header>
      ${isGone ? html`<p class="message" role="status">${card.gone}</p>` : nothing}
      ${contact.incomplete ? this.#incomplete(contact.incomplete, texts) : nothing}
      ${sourcedGroups(shown, texts, folders).map((group) => this.#group(group, shown, texts))}
      ${this.#together.render(shown, name, texts, this.client)} ${this.#edit(contacts, texts)}`
  }

  #group(
    { section, values }: SourcedGroup,
    { contact, dials }: Shown,
    { card, list }: Messages,
  ): TemplateResult {
    return html`<section class="group" aria-labelledby=${section}>
      <h3 id=${section}>${card.sections[section]}</h3>
      <dl>
        ${values.map((value, at) => {
          const { source } = value
          return cardValue(value, {
            card,
            key: contact.key,
            dial: dials.get(value.text),
            badge: source && list.badges[source],
            isCopied: this.copied === `${section} ${at}`,
            element: this,
            onCopy: () => void this.#copy(value.text, value.label, `${section} ${at}`),
          })
        })}
      </dl>
    </section>`
  }

  #incomplete(fields: NonNullable<Contact['incomplete']>, { card }: Messages): TemplateResult {
    return html`<div class="message">
      ${icon('warning')}
      <div>
        <p>${card.incomplete}</p>
        <ul>
          ${fields.map(({ field, reason }) => html`<li>${card[reason](fieldName(field, card))}</li>`)}
        </ul>
      </div>
    </div>`
  }

  #edit(contacts: readonly Contact[], { card }: Messages): unknown {
    const account = this.client?.accounts.get().find(({ source }) => source === 'microsoft365')
    const isThere = contacts.some(({ source }) => source === 'microsoft365')
    if (!isThere || this.outlookAddress === '' || !account) return nothing
    return html`<footer>
      <a
        class="button"
        part="edit"
        href=${this.outlookAddress ?? outlookAddress(account)}
        target="_blank"
        rel="noopener noreferrer"
        aria-describedby="edit-hint"
        >${icon('open')}${card.edit}</a
      >
      <p class="small muted" id="edit-hint">${card.editHint}</p>
    </footer>`
  }

  #forget(): void {
    this.shown = null
    this.hasFailed = false
    this.copied = null
    this.#together.forget()
    this.#photo.show(null, null)
  }

  async #load(): Promise<void> {
    const { client, contactKey: key } = this
    if (client === null || key === null) return
    const isNow = () => client === this.client && key === this.contactKey
    try {
      const person = await personNow(client, key, this.shown)
      if (!isNow()) return
      if (person === null) {
        this.#lose(client)
        return
      }
      this.#adopt(person, client)
      const { contact } = person
      const dials = await Promise.all(
        contact.phones.map(async ({ value }) => [value, await dialOf(client, value)] as const),
      )
      if (client === this.client && this.shown?.contact === contact)
        this.shown = { ...this.shown, dials: new Map(dials) }
    } catch {
      if (isNow()) this.hasFailed = true
    }
  }

  #adopt(person: PersonDetails & Pick<Shown, 'name'>, client: ContactsClient): void {
    const { shown, contactKey } = this
    const focused = () => this.shadowRoot?.activeElement ?? null
    const hadFocus = focused() !== null
    this.#together.adopt(shown, person, this.texts)
    this.shown = { ...person, dials: shown?.dials ?? new Map(), isGone: false }
    if (shown && !person.contacts.some(({ key }) => key === contactKey)) {
      this.contactKey = person.contact.key
      this.dispatchEvent(new CustomEvent('contact-key-changed', { bubbles: true, detail: this.contactKey }))
    }
    this.#photo.show(client, this.contactKey)
    // The button that had the focus may be gone.
    void this.updateComplete.then(() => (hadFocus && focused() === null ? this.focus() : undefined))
  }

  /** The contact left the list by a refresh: it stays readable. After a sign-out, nothing of it stays. */
  #lose(client: ContactsClient): void {
    const { shown } = this
    const status = shown && client.list.get().status[shown.contact.source]
    if (shown && (status === 'ready' || status === 'incoming')) this.shown = { ...shown, isGone: true }
    else if (shown) {
      this.#forget()
      this.dispatchEvent(new CustomEvent('contact-erased', { bubbles: true }))
    } else this.hasFailed = true
  }

  async #copy(text: string, label: string, id: string): Promise<void> {
    const { card } = this.texts ?? {}
    try {
      await navigator.clipboard.writeText(text)
      this.copied = id
      if (card) this.#announcer.say(card.copied(label), true)
    } catch {
      this.copied = null
      if (card) this.#announcer.say(card.copyFailed, true)
    }
  }
}
