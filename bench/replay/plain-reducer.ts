import type { Envelope } from '../../src/domain/events.ts'
import type { AccountState } from '../../src/machines/account-state.ts'

const noCounts = { expected: null, pages: 0, contacts: 0, skipped: 0 }

const unlinked: AccountState = {
  state: 'idle',
  context: {
    attempt: null,
    accountKey: null,
    list: null,
    code: null,
    details: {},
    held: null,
    counts: noCounts,
  },
}

export const plainStart = unlinked

/**
 * A hand-written reducer with the result of the linked account's machine, for histories of `histories` only: no
 * statechart, no inspection, no guard. It is the lower limit of the cost of a fold.
 */
export const plainReducer = (account: AccountState, event: Envelope): AccountState => {
  const { state, context } = account
  switch (event.type) {
    case 'attempt.requested': {
      const { by, number } = event.data
      const attempt = { id: event.attempt ?? '', number, by }
      return {
        state: by === 'refresh' ? 'fetching' : 'consenting',
        context: { ...context, attempt, code: null, details: {}, held: null, counts: noCounts },
      }
    }
    case 'consent.granted':
      return { state: 'fetching', context: { ...context, accountKey: event.data.accountKey } }
    case 'contacts.counted':
      return { state, context: { ...context, counts: { ...noCounts, expected: event.data.count } } }
    case 'page.fetched': {
      const { counts } = context
      const { page, contacts, skipped } = event.data
      let sum = counts.skipped
      for (const count of Object.values(skipped)) sum += count
      return {
        state,
        context: {
          ...context,
          counts: { ...counts, pages: page, contacts: counts.contacts + contacts, skipped: sum },
        },
      }
    }
    case 'attempt.completed': {
      const { outcome, imported, available, incomplete } = event.data
      const capped = outcome === 'capped'
      const list = { count: imported, available, incomplete, capped, completedAt: event.time }
      return { state: outcome, context: { ...context, list, code: null, details: {}, held: null } }
    }
    case 'attempt.failed': {
      const { code, ...details } = event.data
      return { state: 'failed', context: { ...context, code, details } }
    }
    case 'attempt.cancelled':
      return { state: 'cancelled', context }
    default:
      throw new TypeError(`${event.type} does not occur in these histories`)
  }
}
