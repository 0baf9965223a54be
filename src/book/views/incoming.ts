import { Observable } from 'rxjs'
import { yieldToEventLoop } from '../../async/yield-to-event-loop.ts'
import type { Contact } from '../../domain/contact.ts'
import { CONTACT_LIMIT } from '../../domain/limit.ts'
import type { Source } from '../../domain/source.ts'
import type { ContactLists, StagedList } from '../../projections/contact-lists.ts'
import { PresortedContacts } from '../../projections/presorted-contacts.ts'
import type { ContactOrder } from '../../projections/sort-contacts.ts'
import type { LinkedAccountView } from './account-views.ts'
import { ViewValue } from './view-value.ts'
import type { View } from './views.ts'

/** What a first import has brought so far. */
export interface IncomingList {
  readonly attempt: string
  /** In display order, frozen. At most as many as fit on the device; the limit may later choose others. */
  readonly contacts: readonly Contact[]
  readonly isComplete: false
}

/** The incoming list of each source whose first import is under way; the others are absent. */
export type IncomingBySource = Readonly<Partial<Record<Source, IncomingList>>>

/** The part of an incoming list that has been sorted. */
interface Sorted {
  readonly attempt: string
  readonly contacts: PresortedContacts
  /** The last state of the attempt that was sorted. */
  upTo: StagedList | null
}

const none: IncomingBySource = {}

/**
 * Shows the contacts of first imports page by page. A source that has a list already is left out: its list stays as it
 * is until the swap. Nothing is sorted while there is no subscriber.
 */
export class IncomingFeed {
  readonly #order: ContactOrder
  readonly #diagnose: (error: unknown) => void
  readonly #shown = new ViewValue<IncomingBySource>(none)
  readonly #sorted = new Map<Source, Sorted>()
  #staged: ReadonlyMap<Source, StagedList> = new Map()
  #subscribers = 0
  #isSorting = false
  readonly view: View<IncomingBySource>

  constructor(order: ContactOrder, diagnose: (error: unknown) => void) {
    this.#order = order
    this.#diagnose = diagnose
    const feed = new Observable<IncomingBySource>((subscriber) => {
      this.#subscribers++
      this.#wake()
      const subscription = this.#shown.view.subscribe(subscriber)
      return () => {
        subscription.unsubscribe()
        if (--this.#subscribers === 0) this.#forget(() => true)
      }
    })
    this.view = Object.assign(feed, { get: () => this.#shown.value })
  }

  /** Sets the value and emits nothing. */
  set(accounts: readonly LinkedAccountView[], lists: ContactLists): void {
    const staged = new Map<Source, StagedList>()
    for (const { source, state, list } of accounts) {
      const { [source]: { staged: current = null } = {} } = lists
      if (state === 'fetching' && list === null && current?.contacts) staged.set(source, current)
    }
    this.#staged = staged
    this.#forget((source, attempt) => staged.get(source)?.attempt !== attempt)
  }

  /** Emits what was set, and sorts what has come since. */
  emit(): void {
    this.#shown.emit()
    this.#wake()
  }

  close(): void {
    this.#staged = new Map()
    this.#forget(() => true)
    this.#shown.emit()
    this.#shown.complete()
  }

  /** Removes the lists of attempts that are over, or that have no subscriber. */
  #forget(isOver: (source: Source, attempt: string) => boolean): void {
    for (const [source, { attempt }] of this.#sorted) if (isOver(source, attempt)) this.#sorted.delete(source)
    const shown = Object.entries(this.#shown.value) as [Source, IncomingList][]
    const kept = shown.filter(([source, { attempt }]) => !isOver(source, attempt))
    if (kept.length < shown.length) this.#shown.set(Object.fromEntries(kept))
  }

  #wake(): void {
    if (this.#subscribers === 0 || this.#isSorting || this.#due() === null) return
    this.#isSorting = true
    void this.#sort()
      .catch(this.#diagnose)
      .finally(() => {
        this.#isSorting = false
        this.#wake()
      })
  }

  /** A source of which more has come than is shown. */
  #due(): readonly [Source, StagedList] | null {
    for (const [source, staged] of this.#staged)
      if (this.#sorted.get(source)?.upTo !== staged) return [source, staged]
    return null
  }

  async #sort(): Promise<void> {
    await yieldToEventLoop()
    const due = this.#due()
    if (this.#subscribers === 0 || due === null) return
    const [source, staged] = due
    const sorted = this.#sortedOf(source, staged.attempt)
    sorted.upTo = staged
    const all = staged.contacts ?? new Map<string, Contact>()
    sorted.contacts.add([...all.values()].slice(0, CONTACT_LIMIT))
    const inOrder = await sorted.contacts.inOrder(yieldToEventLoop)
    // A later page may have replaced or removed some of an earlier one.
    const contacts = Object.freeze(inOrder.filter((contact) => all.get(contact.id) === contact))
    // What follows the list has work to do as well.
    await yieldToEventLoop()
    if (this.#sorted.get(source) !== sorted) return
    const incoming: IncomingList = Object.freeze({ attempt: staged.attempt, contacts, isComplete: false })
    this.#shown.set({ ...this.#shown.value, [source]: incoming })
    this.#shown.emit()
  }

  #sortedOf(source: Source, attempt: string): Sorted {
    const known = this.#sorted.get(source)
    if (known?.attempt === attempt) return known
    const sorted: Sorted = { attempt, contacts: new PresortedContacts(this.#order), upTo: null }
    this.#sorted.set(source, sorted)
    return sorted
  }
}
