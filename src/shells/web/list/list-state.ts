import type { ClientAccount, ContactsClient, FailureCode, ListSummary } from '../../../index.ts'
import type { EmptyReason, ListLabels, Messages } from '../../../messages.ts'
import type { Found } from './contact-search.ts'

/** Why there are no contacts to show, and the account that it is about. */
export interface EmptyState {
  readonly reason: Exclude<EmptyReason, 'no-hit' | 'no-hit-yet'>
  readonly account: ClientAccount | null
}

const reasonOfFailure: Readonly<Partial<Record<FailureCode, EmptyState['reason']>>> = {
  'admin-approval-needed': 'no-permission',
  'permission-missing': 'no-permission',
  'permission-removed': 'no-permission',
  'consent-declined': 'no-permission',
  offline: 'offline',
}

/**
 * Why the list is empty; null if it is not. Of several accounts, the one decides that brings contacts soonest, then one
 * with a problem. Without proof that there are no contacts, the list is loading: an empty one looks like a loss.
 */
export const emptyStateOf = (
  accounts: readonly ClientAccount[],
  { count, status }: ListSummary,
): EmptyState | null => {
  if (count > 0) return null
  const reasons: readonly (readonly [EmptyState['reason'], (account: ClientAccount) => boolean])[] = [
    ['loading', ({ list }) => list?.status === 'ready' && list.count > 0],
    ['incoming', (account) => isArriving(account, status)],
    ['signing-in', ({ state, list }) => state === 'consenting' && list === null],
    ['locked', ({ list }) => list?.status === 'locked'],
    ['lost', ({ list }) => list?.status === 'lost'],
    ['no-permission', (account) => failureOf(account) === 'no-permission'],
    ['offline', (account) => failureOf(account) === 'offline'],
    ['failed', (account) => failureOf(account) === 'failed'],
    ['no-contacts', ({ list }) => list !== null],
    ['cancelled', ({ state }) => state === 'cancelled'],
  ]
  for (const [reason, isIt] of reasons) {
    const account = accounts.find(isIt)
    if (account) return { reason, account }
  }
  return { reason: 'not-connected', account: null }
}

/** The same for a client, which may not be there yet. */
export const emptyStateIn = (client: ContactsClient | null): EmptyState | null =>
  client === null
    ? { reason: 'loading', account: null }
    : emptyStateOf(client.accounts.get(), client.list.get())

/** Whether a first import is bringing contacts. */
export const hasArriving = (accounts: readonly ClientAccount[], { status }: ListSummary): boolean =>
  accounts.some((account) => isArriving(account, status))

const isArriving = ({ source, state, list }: ClientAccount, status: ListSummary['status']): boolean =>
  status[source] === 'incoming' || (state === 'fetching' && list === null)

const failureOf = ({ state, code }: ClientAccount): EmptyState['reason'] | null =>
  state === 'failed' ? ((code === null ? null : reasonOfFailure[code]) ?? 'failed') : null

/** The accounts whose contacts are missing among those that are shown. */
export const unreadableAccounts = (accounts: readonly ClientAccount[]): readonly ClientAccount[] =>
  accounts.filter(({ list }) => list?.status === 'locked' || list?.status === 'lost')

/** How many sources have contacts in the list. */
export const countSources = (accounts: readonly ClientAccount[], { status }: ListSummary): number =>
  accounts.filter(
    ({ source, list }) => status[source] === 'incoming' || (list?.status === 'ready' && list.count > 0),
  ).length

/** Why a search shows no contacts. */
export const emptyReasonOf = ({ hasFailed, isSoFar }: Found): EmptyReason =>
  hasFailed ? 'search-failed' : isSoFar ? 'no-hit-yet' : 'no-hit'

/** For screen readers: why there are no rows, or what a search found. Nothing while the list is loaded. */
export const saidOf = (reason: EmptyReason | null, found: Found | null, list: ListLabels): string => {
  if (reason !== null) return reason === 'loading' ? '' : list.empty[reason].happened
  return found === null ? '' : resultsText(found, list)
}

/** How many results there are. */
const resultsText = ({ items, isAll, isSoFar }: Found, list: ListLabels): string =>
  isSoFar ? list.resultsSoFar(items.length) : list.results(items.length, isAll)

/** What the list says about its length: the results of a search, what has come so far, or that the source has more. */
export const countText = (
  { list, contacts, contactsOf }: Messages,
  { found, summary }: { readonly found: Found | null; readonly summary: ListSummary | null },
  accounts: readonly ClientAccount[],
): string => {
  if (found) return resultsText(found, list)
  const { count = 0, status = {} } = summary ?? {}
  if (Object.values(status).includes('incoming')) return list.soFar(count)
  const left = accounts.reduce((sum, { list }) => sum + (list?.capped ? list.available - list.count : 0), 0)
  return left > 0 ? contactsOf(count, count + left) : contacts(count)
}
