import type { SerialQueue } from '../async/serial-queue.ts'
import type { Source } from '../domain/source.ts'
import type { DecisionContext } from '../machines/decide-command.ts'
import type { LinkedSource } from '../ports/linked-source.ts'
import type { ContactBookOptions } from './contact-book.ts'
import type { BookState } from './log/book-state.ts'
import type { LinkingKeys } from './log/linking-keys.ts'
import type { Log } from './log/log.ts'
import type { Recorder } from './log/recorder.ts'
import type { OlderLists } from './maintenance/older-lists.ts'
import type { Remains } from './maintenance/remains.ts'
import type { RunLockKeeper } from './tasks/run-lock-keeper.ts'

/** The parts that `Commands` and `Supervisor` share. */
export interface BookCore {
  readonly options: ContactBookOptions
  readonly linked: ReadonlyMap<Source, LinkedSource>
  /** Every command and every report goes through this queue. */
  readonly queue: SerialQueue
  readonly log: Log
  readonly keys: LinkingKeys
  readonly state: BookState
  readonly recorder: Recorder
  readonly locks: RunLockKeeper
  readonly remains: Remains
  readonly olderLists: OlderLists
}

/** What a decision about a source depends on besides its recorded state. */
export const decisionContext = (
  { locks, log, remains, state }: Pick<BookCore, 'locks' | 'log' | 'remains' | 'state'>,
  source: Source,
): DecisionContext => ({
  runner: locks.runner(source),
  storeIsNewer: log.isNewer,
  nothingLeft: remains.isNothingLeft(source),
  key: state.missingKey(source) ?? 'ready',
})
