import { LitElement } from 'lit'
import type { CSSResult, PropertyDeclarations, PropertyValues } from 'lit'
import type { ContactsClient } from '../../../index.ts'
import { loadMessages } from '../../../messages.ts'
import type { Messages } from '../../../messages.ts'
import { controls } from './controls.ts'
import { iconStyles } from './icons.ts'
import { timeAgo } from './relative-time.ts'
import { theme } from './theme.ts'

/** Ends a subscription to a view. */
export interface Subscription {
  unsubscribe(): void
}

/**
 * What the elements have in common: a client, a language and the theme. An element follows its client only while it is
 * part of a document.
 */
export abstract class ContactsElement extends LitElement {
  static override properties: PropertyDeclarations = {
    client: { attribute: false },
    locale: {},
    texts: { state: true },
  }
  static override styles: CSSResult[] = [theme, controls, iconStyles]

  /** The contacts and accounts to show: `contactsClient(book)` or `connectBook(port)`. Null: not there yet. */
  declare client: ContactsClient | null
  /** BCP 47 tag of the language of the texts. Default: that of the document, or else of the browser. */
  declare locale: string | null
  /** The texts in use; null while they are loaded. */
  declare protected texts: Messages | null
  #followed: readonly Subscription[] = []
  #loaded: string | null = null
  #loading: Promise<void> | null = null

  constructor() {
    super()
    this.client = null
    this.locale = null
    this.texts = null
  }

  /** Subscribes to what the element shows. Called for each client, and each time the element is put into a document. */
  protected abstract follow(client: ContactsClient): readonly Subscription[]

  override connectedCallback(): void {
    super.connectedCallback()
    this.#follow()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#leave()
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('client')) this.#follow()
    this.#translate()
  }

  #follow(): void {
    this.#leave()
    if (this.isConnected && this.client !== null) this.#followed = this.follow(this.client)
  }

  #leave(): void {
    for (const subscription of this.#followed) subscription.unsubscribe()
    this.#followed = []
  }

  #translate(): void {
    const locale = this.locale ?? (document.documentElement.lang || navigator.language)
    if (locale === this.#loaded) return
    this.#loaded = locale
    this.#loading = loadMessages(locale).then(
      (texts) => {
        if (this.#loaded === locale) this.texts = texts
      },
      // The next change of the element tries again.
      () => {
        if (this.#loaded === locale) this.#loaded = null
      },
    )
  }

  /** `5 minutes ago`, in the language of the texts. Null for the last minute, for a time in the future, and without texts. */
  protected ago(iso: string): string | null {
    return this.texts && timeAgo(iso, Date.now(), this.texts.locale)
  }

  /** Also waits for the texts: an element shows nothing without them. */
  protected override async getUpdateComplete(): Promise<boolean> {
    await super.getUpdateComplete()
    await this.#loading
    return super.getUpdateComplete()
  }
}
