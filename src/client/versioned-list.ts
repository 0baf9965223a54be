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

/** My Contacts, and what each first import has brought, without the empty ones. */
type Parts = readonly (readonly Contact[])[]

/** My Contacts with what first imports have brought so far, in versions. */
export class VersionedList {
  readonly #book: ListedBook
  readonly #diagnose: (error: unknown) => void
  readonly #order: ContactOrder
  readonly #subject: BehaviorSubject<ListSummary>
  readonly #subscriptions: readonly Subscription[]
  #contacts: readonly Contact[] = []
  /** What `#contacts` was made of. */
  #parts: Parts = []
  #version = 0
  #isMerging = false
  #isClosed = false
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

  /** Another one than that of `summary` once the list is closed. */
  get version(): number {
    return this.#version
  }

  /** In the order of the list. */
  get contacts(): readonly Contact[] {
    return this.#contacts
  }

  close(): void {
    for (const subscription of this.#subscriptions) subscription.unsubscribe()
    this.#isClosed = true
    this.#version++
    this.#parts = []
    this.#contacts = []
    this.#subject.complete()
  }

  #update(): void {
    const parts = this.#partsNow()
    if (areSame(parts, this.#parts)) {
      const status = this.#status()
      if (!isSameStatus(status, this.#subject.value.status))
        this.#subject.next({ ...this.#subject.value, status })
    } else if (parts.length <= 1) this.#show(parts, parts[0] ?? [])
    else this.#merge(parts)
  }

  #partsNow(): Parts {
    const { contacts, incoming } = this.#book
    const lists = Object.values(incoming.get()).map((list) => list.contacts)
    return [contacts.get(), ...lists].filter(({ length }) => length > 0)
  }

  /** Contacts that come while these are merged are merged next. */
  #merge(parts: Parts): void {
    if (this.#isMerging) return
    this.#isMerging = true
    void this.#merged(parts)
      .then((contacts) => {
        this.#isMerging = false
        if (this.#isClosed) return
        if (areSame(parts, this.#partsNow())) this.#show(parts, contacts)
        else this.#update()
      })
      // Not tried again before the next change: it would fail again.
      .catch((error: unknown) => {
        this.#isMerging = false
        this.#diagnose(error)
      })
  }

  /** Added as if they were unsorted: then they are also prepared for sorting in slices, which takes most of the time. */
  #merged(parts: Parts): Promise<readonly Contact[]> {
    const merged = new PresortedContacts(this.#order)
    for (const contacts of parts) merged.add(contacts)
    return merged.inOrder(yieldToEventLoop)
  }

  #show(parts: Parts, contacts: readonly Contact[]): void {
    const { locale, nameOrder } = this.#book.order
    this.#parts = parts
    this.#contacts = contacts
    this.#subject.next({
      version: ++this.#version,
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
  one.length === other.length && one.every((list, index) => list === other[index])

const isSameStatus = (one: ListSummary['status'], other: ListSummary['status']): boolean =>
  JSON.stringify(one) === JSON.stringify(other)
