import { BehaviorSubject, distinctUntilChanged, map } from 'rxjs'
import type { Observable } from 'rxjs'
import type { Contact } from '../../domain/contact.ts'
import type { ContactLists } from '../../projections/contact-lists.ts'
import type { DisplayOrder } from '../../projections/display-order.ts'
import { ContactOrder } from '../../projections/sort-contacts.ts'
import type { OrderSetting } from '../../projections/sort-contacts.ts'
import type { History } from '../../projections/history.ts'
import { keepUnchanged } from './account-views.ts'
import type { LinkedAccountView } from './account-views.ts'
import { IncomingFeed } from './incoming.ts'
import type { IncomingBySource } from './incoming.ts'
import { Swaps } from './swaps.ts'

/** A value that a shell shows. `get` returns the current value, and a new subscriber receives it immediately. */
export interface View<T> extends Observable<T> {
  get(): T
}

/** The views that shells subscribe to. Each emits only values that differ from its last one. */
export class Views {
  readonly #accounts: BehaviorSubject<readonly LinkedAccountView[]>
  readonly #lists: BehaviorSubject<ContactLists>
  readonly #history: BehaviorSubject<History>
  readonly accounts: View<readonly LinkedAccountView[]>
  readonly contacts: View<readonly Contact[]>
  readonly history: View<History>
  readonly incoming: View<IncomingBySource>
  readonly order: OrderSetting
  readonly swaps: Swaps
  readonly #incoming: IncomingFeed

  constructor(
    accounts: readonly LinkedAccountView[],
    lists: ContactLists,
    history: History,
    order: DisplayOrder,
    diagnose: (error: unknown) => void,
  ) {
    this.swaps = new Swaps(lists, diagnose)
    this.#incoming = new IncomingFeed(
      new ContactOrder(order.setting.locale, order.setting.nameOrder),
      diagnose,
    )
    this.order = order.setting
    this.incoming = this.#incoming.view
    this.#incoming.update(accounts, lists)
    this.#accounts = new BehaviorSubject(accounts)
    this.#lists = new BehaviorSubject(lists)
    this.#history = new BehaviorSubject(history)
    this.accounts = viewOf(this.#accounts)
    this.history = viewOf(this.#history)
    const sorted = (lists: ContactLists) => order.of(lists)
    this.contacts = Object.assign(this.#lists.pipe(map(sorted), distinctUntilChanged()), {
      get: () => sorted(this.#lists.value),
    })
  }

  update(accounts: readonly LinkedAccountView[], lists: ContactLists, history: History): void {
    if (history !== this.#history.value) this.#history.next(history)
    if (lists !== this.#lists.value) this.#lists.next(lists)
    const next = keepUnchanged(this.#accounts.value, accounts)
    if (next !== this.#accounts.value) this.#accounts.next(next)
    this.swaps.update(lists)
    this.#incoming.update(accounts, lists)
  }

  close(): void {
    this.swaps.close()
    this.#incoming.close()
    for (const subject of [this.#accounts, this.#lists, this.#history]) subject.complete()
  }
}

const viewOf = <T>(subject: BehaviorSubject<T>): View<T> =>
  Object.assign(subject.asObservable(), { get: () => subject.value })
