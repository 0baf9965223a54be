import { SerialQueue } from '../../async/serial-queue.ts'
import type { Source } from '../../domain/source.ts'
import { decideReport } from '../../machines/decide-report.ts'
import type { Clock } from '../../ports/clock.ts'
import type { EventStore } from '../../ports/event-store.ts'
import { AccountMachines } from '../log/account-machines.ts'
import { Log } from '../log/log.ts'
import { retryOnConflict } from '../log/retry-on-conflict.ts'

/** Records late redirects: sign-in pages that sent the person back after the attempt was over. */
export interface LateRedirectRecorder {
  /**
   * Records one late redirect for this attempt. Throws `ImportFailure` `storage-…` as the store does, and
   * `storage-busy` if too many others write to it.
   */
  answered(attempt: string): Promise<void>
}

/**
 * Records late redirects in a process that does nothing else, after the process that opened the tabs has ended. It
 * reads envelopes only, so no contact is in its memory.
 */
export const lateRedirectRecorder = (
  store: EventStore,
  clock: Clock,
  source: Source,
): LateRedirectRecorder => {
  const log = new Log(store, clock, null)
  const machines = new AccountMachines()
  const queue = new SerialQueue()

  const catchUp = async () => {
    for await (const { payload, ...envelope } of log.readOn({ payloads: false })) machines.evolve(envelope)
  }

  const append = async (attempt: string): Promise<void> => {
    const facts = decideReport(source, attempt, { type: 'sign-in.answered' }, machines.states()[source])
    if (log.isNewer || facts.length === 0) return
    const events = await log.append(facts, [])
    for (const { payload, ...envelope } of events) machines.evolve(envelope)
  }

  return {
    answered: (attempt) =>
      queue.run(async () => {
        await catchUp()
        await retryOnConflict(() => append(attempt), catchUp)
      }),
  }
}
