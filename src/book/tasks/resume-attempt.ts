import type { Source } from '../../domain/source.ts'
import { isBusy } from '../../machines/account-state.ts'
import { decideReport } from '../../machines/decide-report.ts'
import type { Resumed } from '../contact-book.ts'
import type { Recorder } from '../log/recorder.ts'
import type { RunLockKeeper } from './run-lock-keeper.ts'
import type { BookState } from '../log/book-state.ts'

interface ResumeOptions {
  readonly state: BookState
  readonly locks: RunLockKeeper
  readonly recorder: Recorder
}

/**
 * Takes an attempt that nobody runs any more: from then on its task is due here. One whose tab is gone fails as
 * `interrupted`. Null where there is none, or it runs here.
 */
export const resumeAttempt = async (
  source: Source,
  { state: { machines }, locks, recorder }: ResumeOptions,
): Promise<Resumed | null> => {
  const { state, context } = machines.states()[source]
  const attempt = context.attempt?.id
  if (!isBusy({ state }) || !attempt || locks.isKept(source)) return null
  if ((await locks.take(source)) === 'elsewhere') return { source, attempt, as: 'elsewhere' }
  locks.keep(source)
  if (state === 'fetching') return { source, attempt, as: 'continued' }
  const failure = { type: 'failure', code: 'interrupted', details: {} } as const
  await recorder.record((states) => ({
    ok: true,
    facts: decideReport(source, attempt, failure, states[source]),
  }))
  return { source, attempt, as: 'interrupted' }
}
