import { BehaviorSubject, filter, firstValueFrom, type Subscription } from 'rxjs'
import { yieldToEventLoop } from '../../async/yield-to-event-loop.ts'
import type { ContactBook } from '../../book/contact-book.ts'
import type { View } from '../../book/views/views.ts'
import type { Contact, ContactKey } from '../../domain/contact.ts'
import type { Source } from '../../domain/source.ts'
import { decisionCounts } from '../../projections/people/identities.ts'
import type { People, PossiblePair } from '../../projections/people/person-matcher.ts'
import type { PhoneSettings } from '../../projections/phone-index/read-number.ts'
import { PresortedContacts } from '../../projections/presorted-contacts.ts'
import { sectionsOf } from '../../projections/order/sections.ts'
import { ContactOrder } from '../../projections/sort-contacts.ts'
import type { ListStatus, ListSummary } from '../contacts-client.ts'
import { apart, PeopleView } from './people-view.ts'

const noPeople = apart([])

type ListedBook = Pick<ContactBook, 'accounts' | 'contacts' | 'identities' | 'incoming' | 'order'>

/** My Contacts, or what a first import has brought so far. */
interface Part {
  /** The list or the attempt. */
  readonly of: unknown
  readonly contacts: readonly Contact[]
}

/** Without the empty ones. */
type Parts = readonly Part[]

/** My Contacts with what first imports have brought so far, in versions. */
export class VersionedList {
  readonly #book: ListedBook
  readonly #diagnose: (error: unknown) => void
  readonly #order: ContactOrder
  readonly #subject: BehaviorSubject<ListSummary>
  readonly #subscriptions: readonly Subscription[]
  readonly #peopleView: PeopleView
  #people: People = noPeople
  /** All contacts, in order. */
  #contacts: readonly Contact[] = []
  /** What `#contacts` was made of. */
  #parts: Parts = []
  /** The contacts of the last merge, so that each is sorted once. */
  #sorted: { readonly parts: Parts; readonly contacts: PresortedContacts } | null = null
  #version = 0
  #isMerging = false
  #isClosed = false
  readonly summary: View<ListSummary>

  constructor(book: ListedBook, phone: PhoneSettings, diagnose: (error: unknown) => void) {
    this.#book = book
    this.#diagnose = diagnose
    this.#order = new ContactOrder(book.order.locale, book.order.nameOrder)
    this.#subject = new BehaviorSubject<ListSummary>({
      version: 0,
      count: 0,
      duplicates: 0,
      decisions: {},
      sections: [],
      status: {},
    })
    this.summary = Object.assign(this.#subject.asObservable(), { get: () => this.#subject.value })
    this.#peopleView = new PeopleView({ phone, diagnose, show: (people) => this.#show(people) })
    const update = () => this.#update()
    this.#subscriptions = [
      book.identities.subscribe((identities) => {
        if (this.#contacts.length > 0) this.#peopleView.set(this.#contacts, identities)
      }),
      book.accounts.subscribe(update),
      book.contacts.subscribe(update),
      book.incoming.subscribe(update),
    ]
  }

  /** Another one than that of `summary` once the list is closed. */
  get version(): number {
    return this.#version
  }

  /** In the order of the list, each person once. */
  get contacts(): readonly Contact[] {
    return this.#people.contacts
  }

  /** Pairs that may be one person. */
  get possible(): readonly PossiblePair[] {
    return this.#people.possible
  }

  /** Whether two texts are spellings of one number. */
  get isSameNumber(): People['isSameNumber'] {
    return this.#people.isSameNumber
  }

  /** The contacts of the person who has a contact with this key, if there are several: the one whose key the row has first. */
  together(key: ContactKey): readonly Contact[] | undefined {
    return this.#people.together.get(key)
  }

  /** Resolves when the first list is shown, or when there is none. */
  async begun(): Promise<void> {
    if (this.#version === 0 && this.#contacts.length > 0)
      await firstValueFrom(this.#subject.pipe(filter(({ version }) => version > 0)), { defaultValue: null })
  }

  close(): void {
    for (const subscription of this.#subscriptions) subscription.unsubscribe()
    this.#isClosed = true
    this.#version++
    this.#parts = []
    this.#contacts = []
    this.#people = noPeople
    this.#peopleView.close()
    this.#sorted = null
    this.#subject.complete()
  }

  #update(): void {
    const parts = this.#partsNow()
    if (areSame(parts, this.#parts)) {
      const status = this.#status()
      if (!isSameStatus(status, this.#subject.value.status))
        this.#subject.next({ ...this.#subject.value, status })
    } else if (parts.length <= 1) {
      this.#sorted = null
      this.#list(parts, parts[0]?.contacts ?? [])
    } else this.#merge(parts)
  }

  #partsNow(): Parts {
    const { contacts, incoming } = this.#book
    const lists = Object.values(incoming.get()).map((list) => ({ of: list.attempt, contacts: list.contacts }))
    const mine = contacts.get()
    return [{ of: mine, contacts: mine }, ...lists].filter((part) => part.contacts.length > 0)
  }

  /** Contacts that come while these are merged are merged next. */
  #merge(parts: Parts): void {
    if (this.#isMerging) return
    this.#isMerging = true
    void this.#merged(parts)
      .then((contacts) => {
        this.#isMerging = false
        if (this.#isClosed) return
        // Shown although more has come by now: pages may come faster than they are merged.
        if (areOfSame(parts, this.#partsNow())) this.#list(parts, contacts)
        this.#update()
      })
      // Not tried again before the next change: it would fail again.
      .catch((error: unknown) => {
        this.#isMerging = false
        this.#sorted = null
        this.#diagnose(error)
      })
  }

  /** Added as if they were unsorted: then they are also prepared for sorting in slices, which takes most of the time. */
  async #merged(parts: Parts): Promise<readonly Contact[]> {
    if (this.#sorted === null || !areOfSame(this.#sorted.parts, parts))
      this.#sorted = { parts, contacts: new PresortedContacts(this.#order) }
    const { contacts } = this.#sorted
    for (const part of parts) contacts.add(part.contacts)
    const inOrder = await contacts.inOrder(yieldToEventLoop)
    // A later page may have replaced or removed some of an earlier one.
    const all = new Set(parts.flatMap((part) => part.contacts))
    return inOrder.filter((contact) => all.has(contact))
  }

  #list(parts: Parts, contacts: readonly Contact[]): void {
    this.#parts = parts
    this.#contacts = contacts
    this.#peopleView.set(contacts, this.#book.identities.get())
  }

  #show(people: People): void {
    const { locale, nameOrder } = this.#book.order
    this.#people = people
    this.#subject.next({
      version: ++this.#version,
      count: people.contacts.length,
      duplicates: people.possible.length,
      decisions: decisionCounts(this.#book.identities.get(), this.#contacts),
      sections: sectionsOf(people.contacts, locale, nameOrder),
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
  areOfSame(one, other) && one.every(({ contacts }, index) => contacts === other[index]?.contacts)

const areOfSame = (one: Parts, other: Parts): boolean =>
  one.length === other.length && one.every((part, index) => part.of === other[index]?.of)

const isSameStatus = (one: ListSummary['status'], other: ListSummary['status']): boolean =>
  JSON.stringify(one) === JSON.stringify(other)
