import { map } from 'rxjs'
import type { LinkedAccountView } from '../../book/views/account-views.ts'
import type { View } from '../../book/views/views.ts'
import type { ClientAccount } from '../contacts-client.ts'

/** Linked Accounts as a client shows them. What has not changed stays the same object, as in the book. */
export const clientAccounts = (
  accounts: View<readonly LinkedAccountView[]>,
): View<readonly ClientAccount[]> => {
  const counted = new WeakMap<LinkedAccountView, ClientAccount>()
  const lists = new WeakMap<readonly LinkedAccountView[], readonly ClientAccount[]>()
  const countedOf = (account: LinkedAccountView): ClientAccount => {
    const known = counted.get(account)
    if (known) return known
    const made = Object.freeze({ ...account, skipped: account.skipped.length })
    counted.set(account, made)
    return made
  }
  const listOf = (list: readonly LinkedAccountView[]): readonly ClientAccount[] => {
    const known = lists.get(list)
    if (known) return known
    const made = list.map(countedOf)
    lists.set(list, made)
    return made
  }
  return Object.assign(accounts.pipe(map(listOf)), { get: () => listOf(accounts.get()) })
}
