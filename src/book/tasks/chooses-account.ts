import type { Source } from '../../domain/source.ts'
import type { AttemptRecord, History } from '../../projections/history.ts'

/**
 * Whether the next sign-in has to let the person choose an account: the last one that came to an account
 * found one that will not do. Silently renewed, it would be the same account again.
 */
export const choosesAccount = (history: History, source: Source): boolean => {
  const last = history.findLast((record) => record.source === source && tellsOfAccount(record))
  return last !== undefined && isWrongAccount(last)
}

const tellsOfAccount = (record: AttemptRecord): boolean =>
  ['imported', 'capped', 'held'].includes(record.outcome) || isWrongAccount(record)

const isWrongAccount = ({ code }: AttemptRecord): boolean =>
  code === 'no-mailbox' || code === 'different-account'
