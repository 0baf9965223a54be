import { BehaviorSubject, type Subscription } from 'rxjs'
import { yieldToEventLoop } from '../async/yield-to-event-loop.ts'
import type { ContactBook } from '../book/contact-book.ts'
import type { View } from '../book/views/views.ts'
import type { Contact } from '../domain/contact.ts'
import type { Source } from '../domain/source.ts'
import { PresortedContacts } from '../projections/presorted-contacts.ts'
import { sectionsOf } from '../projections/order/sections.ts'
import { ContactOrder } from '../projections/sort-contacts.ts'
import type { ListStatus, ListSummary } from './contacts-client.ts'

type ListedBook = Pick<ContactBook, 'accounts' | 'contacts' | 'incoming' | 'order'>

interface Parts {
  readonly complete: readonly Contact[]
  readonly incoming: readonly (readonly Contact[])[]
}

const nothing: Parts = { complete: [], incoming: [] }

/** My Contacts with what first imports have brought so far, in versions. */
export class VersionedList {
  readonly #book: ListedBook
  readonly #diagnose: (error: unknown) => void
  readonly #order: ContactOrder
  readonly #subject: BehaviorSubject<ListSummary>
  readonly #subscriptions: readonly Subscription[]
  #contacts: readonly Contact[] = []
  /** What `#contacts` was made of. */
  #parts = nothing
  #isMerging = false
  readonly summary: View<ListSummary>

  constructor(book: ListedBook, diagnose: (error: unknown) => void) {
    this.#book = book
    this.#diagnose = diagnose
    this.#order = new ContactOrder(book.order.locale, book.order.nameOrder)
    this.#subject = new BehaviorSubject<ListSummary>({ version: 0, count: 0, sections: [], status: {} })
    this.summary = Object.assign(this.#subject.asObservable(), { get: () => this.#subject.value })
    const update = () => this.#update()
    this.#subscriptions = [
      book.accounts.subscribe(update),
      book.contacts.subscribe(update),
      book.incoming.subscribe(update),
    ]
  }

  get version(): number {
    return this.#subject.value.version
  }

  /** In the order of the list. */
  get contacts(): readonly Contact[] {
    return this.#contacts
  }

  close(): void {
    for (const subscription of this.#subscriptions) subscription.unsubscribe()
    this.#subject.complete()
  }

  #update(): void {
    const parts = this.#partsNow()
    if (areSame(parts, this.#parts)) {
      const status = this.#status()
      if (!isSameStatus(status, this.#subject.value.status))
        this.#subject.next({ ...this.#subject.value, status })
    } else if (parts.incoming.length === 0) this.#show(parts, parts.complete)
    else this.#merge()
  }

  #partsNow(): Parts {
    const { contacts, incoming } = this.#book
    const lists = Object.values(incoming.get()).map((list) => list.contacts)
    return { complete: contacts.get(), incoming: lists.filter(({ length }) => length > 0) }
  }

  /** Contacts that come while these are merged are merged next. */
  #merge(): void {
    if (this.#isMerging) return
    this.#isMerging = true
    void this.#mergeNow()
      .catch(this.#diagnose)
      .finally(() => {
        this.#isMerging = false
        if (!this.#subject.closed) this.#update()
      })
  }

  async #mergeNow(): Promise<void> {
    const parts = this.#partsNow()
    const merged = new PresortedContacts(this.#order)
    for (const contacts of [parts.complete, ...parts.incoming]) merged.addSorted(contacts)
    const contacts = await merged.inOrder(yieldToEventLoop)
    if (areSame(parts, this.#partsNow())) this.#show(parts, contacts)
  }

  #show(parts: Parts, contacts: readonly Contact[]): void {
    const { locale, nameOrder } = this.#book.order
    this.#parts = parts
    this.#contacts = contacts
    this.#subject.next({
      version: this.version + 1,
      count: contacts.length,
      sections: sectionsOf(contacts, locale, nameOrder),
      status: this.#status(),
    })
  }

  #status(): ListSummary['status'] {
    const incoming = this.#book.incoming.get()
    const statusOf = (source: Source, list: { readonly status: ListStatus } | null): ListStatus => {
      if (list) return list.status
      return incoming[source] ? 'incoming' : 'none'
    }
    return Object.fromEntries(
      this.#book.accounts.get().map(({ source, list }) => [source, statusOf(source, list)]),
    )
  }
}

const areSame = (one: Parts, other: Parts): boolean =>
  one.complete === other.complete &&
  one.incoming.length === other.incoming.length &&
  one.incoming.every((list, index) => list === other.incoming[index])

const isSameStatus = (one: ListSummary['status'], other: ListSummary['status']): boolean =>
  JSON.stringify(one) === JSON.stringify(other)
