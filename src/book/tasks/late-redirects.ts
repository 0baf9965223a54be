import { decideReport } from '../../machines/decide-report.ts'
import type { Clock } from '../../ports/clock.ts'
import { PositionConflict } from '../../ports/event-store.ts'
import type { EventStore } from '../../ports/event-store.ts'
import type { Source } from '../../domain/source.ts'
import { AccountMachines } from '../log/account-machines.ts'
import { Log } from '../log/log.ts'
import { SerialQueue } from '../../async/serial-queue.ts'

/** Records that people came back from sign-in pages of attempts that are over. */
export interface LateRedirectRecorder {
  /** Records that somebody came back from the sign-in page of an attempt that is over. */
  answered(attempt: string): Promise<void>
}

/**
 * What a process does with a store that only answers tabs which came too late for the one that opened them.
 * It reads envelopes: no contact is in its memory. Throws `ImportFailure` `storage-…` as the store does.
 */
export const lateRedirectRecorder = (
  store: EventStore,
  clock: Clock,
  source: Source,
): LateRedirectRecorder => {
  const log = new Log(store, clock)
  const accounts = new AccountMachines()
  const queue = new SerialQueue()

  const catchUp = async () => {
    for await (const { payload, ...envelope } of log.readOn({ payloads: false })) accounts.evolve(envelope)
    return accounts.states()[source]
  }

  const record = async (attempt: string): Promise<void> => {
    const facts = decideReport(source, attempt, { type: 'sign-in.answered' }, await catchUp())
    if (log.isNewer || facts.length === 0) return
    try {
      const appended = await log.append(facts, [])
      for (const { payload, ...envelope } of appended) accounts.evolve(envelope)
    } catch (error) {
      if (!(error instanceof PositionConflict)) throw error
      await record(attempt)
    }
  }

  return {
    answered: (attempt) => queue.run(() => record(attempt)),
  }
}
