import type { Contact } from '../domain/contact.ts'
import { CONTACT_LIMIT, withinLimitById } from '../domain/limit.ts'
import type { Source } from '../domain/source.ts'
import type { ContactLists } from './contact-lists.ts'
import { LazyContacts } from './lazy-contacts.ts'
import { PresortedContacts } from './presorted-contacts.ts'
import type { NameOrder } from './order/name-order.ts'
import { ContactOrder, sorted } from './sort-contacts.ts'
import type { OrderSetting } from './sort-contacts.ts'

type Contacts = ReadonlyMap<string, Contact>

/** Keeps My Contacts in display order and sorts only when a list has changed. Staged contacts are not shown. */
export class DisplayOrder {
  readonly #order: ContactOrder
  #shown: { readonly of: readonly Contacts[]; readonly contacts: readonly Contact[] } | null = null
  /** Contacts that were sorted ahead of the swap that may show them. */
  #ahead: readonly Contact[] = []
  /** Contacts of the pages that have come so far. */
  #presorted: PresortedContacts | null = null

  /** @param locale BCP 47; the runtime's by default @param nameOrder by default the one that the locale's people expect */
  constructor(locale?: string, nameOrder?: NameOrder) {
    this.#order = new ContactOrder(locale, nameOrder)
  }

  get setting(): OrderSetting {
    const { locale, nameOrder } = this.#order
    return { locale, nameOrder }
  }

  /** All contacts of all lists, frozen. The same array as before if no list has changed. */
  of(lists: ContactLists): readonly Contact[] {
    const of = listed(lists)
    if (this.#shown && isSame(this.#shown.of, of)) return this.#shown.contacts
    // Frozen, because shells get this array and the next list is sorted from it.
    const contacts = Object.freeze(this.#asSaved(of)?.inOrder ?? this.#sorted(of))
    this.#shown = { of, contacts }
    this.#ahead = []
    return contacts
  }

  /** The first contacts. From a saved list, only these are read. */
  first(lists: ContactLists, count: number): readonly Contact[] {
    return this.#asSaved(listed(lists))?.first(count) ?? this.of(lists).slice(0, count)
  }

  /** Takes contacts that were staged, so that `presort` sorts them while there is time. */
  expect(contacts: readonly Contact[]): void {
    this.#presorted ??= new PresortedContacts(this.#order)
    // Of more, most will not be shown.
    if (this.#presorted.size < CONTACT_LIMIT) this.#presorted.add(contacts)
  }

  /** What was staged so far is void. */
  expectNothing(): void {
    this.#presorted = null
    this.#ahead = []
  }

  /** Keeps no contact that is not in the lists. */
  forgetOthers(lists: ContactLists): void {
    this.expectNothing()
    if (this.#shown) this.of(lists)
  }

  /** Sorts expected contacts in slices, as long as `goesOn`. */
  async presort(otherWork: () => Promise<void>, goesOn: () => boolean): Promise<void> {
    await this.#presorted?.sort(otherWork, goesOn)
  }

  /** Reads the saved lists in slices, so that a lookup by id is fast. */
  async readAhead(lists: ContactLists, otherWork: () => Promise<void>): Promise<void> {
    for (const list of listed(lists)) if (list instanceof LazyContacts) await list.readAhead(otherWork)
  }

  /** Sorts the staged list of a source ahead of the swap, in slices, so that `of` is fast then. */
  async prepare(lists: ContactLists, source: Source, otherWork: () => Promise<void>): Promise<void> {
    const { [source]: swapped, ...others } = lists
    await this.readAhead(lists, otherWork)
    const next = swapped?.staged?.contacts ?? swapped?.contacts ?? new Map<string, never>()
    const of = [withinLimitById(next), ...listed(others)]
    const isListed = isIn(of)
    const known = this.#inOrderNow(lists).map((contacts) => contacts.filter(isListed))
    const [first = []] = known
    if (consistsOf(of, first)) this.#ahead = first
    else {
      const presorted = this.#presorted ?? new PresortedContacts(this.#order)
      for (const contacts of known) presorted.addSorted(contacts)
      for (const list of of) presorted.add(list.values())
      // Some of those that were expected may have been replaced since.
      this.#ahead = (await presorted.inOrder(otherWork)).filter(isListed)
    }
    this.#presorted = null
  }

  /** Contacts that are in order already. To merge them takes few comparisons. */
  #inOrderNow(lists: ContactLists): readonly (readonly Contact[])[] {
    if (this.#shown) return [this.#shown.contacts]
    return listed(lists).map((list) => this.#asSaved([list])?.inOrder ?? [])
  }

  #asSaved([only, ...others]: readonly Contacts[]): LazyContacts | null {
    return only instanceof LazyContacts && this.#order.isOf(only.order) && others.length === 0 ? only : null
  }

  #sorted(of: readonly Contacts[]): readonly Contact[] {
    if (consistsOf(of, this.#ahead)) return this.#ahead
    const contacts = of.flatMap((list) => [...list.values()])
    const known = this.#knownOf(contacts)
    const others = without(contacts, known)
    return others.length === 0 ? known : sorted([...known, ...others], this.#order)
  }

  /** The contacts that were sorted earlier, in order. With these first, sorting costs little more than a scan. */
  #knownOf(contacts: readonly Contact[]): readonly Contact[] {
    const wanted = new Set(contacts)
    const sorted = this.#ahead.length > 0 ? this.#ahead : (this.#shown?.contacts ?? [])
    return sorted.filter((contact) => wanted.has(contact))
  }
}

const listed = (lists: ContactLists): readonly Contacts[] =>
  Object.values(lists)
    .map(({ contacts }) => contacts)
    .filter(({ size }) => size > 0)

/** Whether the lists have these contacts and no others. */
const consistsOf = (of: readonly Contacts[], contacts: readonly Contact[]): boolean =>
  contacts.length === of.reduce((sum, { size }) => sum + size, 0) && contacts.every(isIn(of))

const isIn = (of: readonly Contacts[]): ((contact: Contact) => boolean) => {
  const [only, ...others] = of
  // Most people have one list, whose swap a page should not notice.
  return only !== undefined && others.length === 0
    ? (contact) => only.get(contact.id) === contact
    : (contact) => of.some((list) => list.get(contact.id) === contact)
}

const isSame = (some: readonly unknown[], others: readonly unknown[]): boolean =>
  some.length === others.length && some.every((one, index) => one === others[index])

const without = (contacts: readonly Contact[], known: readonly Contact[]): readonly Contact[] => {
  if (known.length === contacts.length) return []
  const isKnown = new Set(known)
  return contacts.filter((contact) => !isKnown.has(contact))
}
