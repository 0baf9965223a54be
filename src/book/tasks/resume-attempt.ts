import type { Source } from '../../domain/source.ts'
import { dueTask } from '../../machines/account-state.ts'
import type { AttemptRecord, History } from '../../projections/history.ts'
import type { Resumed } from '../contact-book.ts'
import type { BookState } from '../log/book-state.ts'
import type { Recorder } from '../log/recorder.ts'
import type { RunLockKeeper } from './run-lock-keeper.ts'

interface ResumeOptions {
  readonly state: BookState
  readonly locks: RunLockKeeper
  readonly recorder: Recorder
}

/**
 * Takes over an attempt whose process has died, so that its task runs here. A sign-in whose tab is gone fails
 * with `interrupted`. Null if there is no such attempt or it already runs here.
 */
export const resumeAttempt = async (
  source: Source,
  { state, locks, recorder }: ResumeOptions,
): Promise<Resumed | null> => {
  const due = () => dueTask(state.machines.snapshot(source))
  const found = due()
  if (!found || locks.isKept(source)) return null
  if ((await locks.take(source)) === 'elsewhere') return { source, attempt: found.attempt, as: 'elsewhere' }
  try {
    // Another process may have had the lock until now, and have ended the attempt.
    await recorder.catchUp()
    const task = due()
    if (!task) return null
    const { attempt } = task
    if (task.type === 'fetch') {
      locks.setKept(source, true)
      return { source, attempt, as: 'continued' }
    }
    const interrupted = { type: 'failure', code: 'interrupted', details: {} } as const
    await recorder.recordReport(source, attempt, () => interrupted)
    return { source, attempt, as: 'interrupted' }
  } finally {
    await locks.releaseUnkept(source)
  }
}

/**
 * Whether the next sign-in must let the person choose an account, because the latest attempt that reached an account
 * found one that cannot be used. A silent renewal would return the same account again.
 */
export const choosesAccount = (history: History, source: Source): boolean => {
  const last = history.findLast((record) => record.source === source && reachedAccount(record))
  return last !== undefined && isWrongAccount(last)
}

const reachedAccount = (record: AttemptRecord): boolean =>
  ['imported', 'capped', 'held'].includes(record.outcome) || isWrongAccount(record)

const isWrongAccount = ({ code }: AttemptRecord): boolean =>
  code === 'no-mailbox' || code === 'different-account'
