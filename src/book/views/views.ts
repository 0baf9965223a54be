import { distinctUntilChanged, map } from 'rxjs'
import type { Observable } from 'rxjs'
import type { Contact } from '../../domain/contact.ts'
import type { ContactLists } from '../../projections/contact-lists.ts'
import type { DisplayOrder } from '../../projections/display-order.ts'
import { identitiesOf, type Identity } from '../../projections/people/identities.ts'
import { ContactOrder } from '../../projections/sort-contacts.ts'
import type { OrderSetting } from '../../projections/sort-contacts.ts'
import type { History } from '../../projections/history.ts'
import { keepUnchanged } from './account-views.ts'
import type { LinkedAccountView } from './account-views.ts'
import { IncomingFeed } from './incoming.ts'
import type { IncomingBySource } from './incoming.ts'
import { ViewValue } from './view-value.ts'
import { Swaps } from './swaps.ts'

/** A value that a shell shows. `get` returns the current value, and a new subscriber receives it immediately. */
export interface View<T> extends Observable<T> {
  get(): T
}

/** What the views show. */
export interface ViewValues {
  readonly accounts: readonly LinkedAccountView[]
  readonly lists: ContactLists
  readonly history: History
  readonly position: number
}

/**
 * The views that shells subscribe to. Each emits only values that differ from its last one, and only once `get` of all
 * of them returns the new values.
 */
export class Views {
  readonly #accounts: ViewValue<readonly LinkedAccountView[]>
  readonly #lists: ViewValue<ContactLists>
  readonly #history: ViewValue<History>
  readonly #position: ViewValue<number>
  readonly accounts: View<readonly LinkedAccountView[]>
  readonly contacts: View<readonly Contact[]>
  readonly identities: View<readonly Identity[]>
  readonly history: View<History>
  readonly position: View<number>
  readonly incoming: View<IncomingBySource>
  readonly order: OrderSetting
  readonly swaps: Swaps
  readonly #incoming: IncomingFeed

  constructor(
    { accounts, lists, history, position }: ViewValues,
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
    this.#incoming.set(accounts, lists)
    this.#accounts = new ViewValue(accounts)
    this.#lists = new ViewValue(lists)
    this.#history = new ViewValue(history)
    this.#position = new ViewValue(position)
    this.accounts = this.#accounts.view
    this.history = this.#history.view
    this.position = this.#position.view
    const isSame = (one: readonly Identity[], other: readonly Identity[]) =>
      JSON.stringify(one) === JSON.stringify(other)
    this.identities = Object.assign(this.#lists.view.pipe(map(identitiesOf), distinctUntilChanged(isSame)), {
      get: () => identitiesOf(this.#lists.value),
    })
    const sorted = (lists: ContactLists) => order.of(lists)
    this.contacts = Object.assign(this.#lists.view.pipe(map(sorted), distinctUntilChanged()), {
      get: () => sorted(this.#lists.value),
    })
  }

  update({ accounts, lists, history, position }: ViewValues): void {
    this.#position.set(position)
    this.#history.set(history)
    this.#lists.set(lists)
    this.#accounts.set(keepUnchanged(this.#accounts.value, accounts))
    this.#incoming.set(accounts, lists)
    const changed = [this.#history, this.#lists, this.#accounts, this.#incoming, this.#position]
    for (const view of changed) view.emit()
    this.swaps.update(lists)
  }

  close(): void {
    this.swaps.close()
    this.#incoming.close()
    for (const value of [this.#accounts, this.#lists, this.#history, this.#position]) value.complete()
  }
}
