import { SerialQueue } from '../../async/serial-queue.ts'
import type { RecordedEvent } from '../../domain/events.ts'
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
  /** The attempts since the last sign-out; null if there was no sign-out. */
  let attempts: Set<string | null> | null = null

  const fold = ({ payload, ...envelope }: RecordedEvent): void => {
    machines.evolve(envelope)
    if (envelope.stream !== source) return
    if (envelope.type === 'account.signed-out') attempts = new Set()
    if (envelope.type === 'attempt.requested') attempts?.add(envelope.attempt)
  }

  const catchUp = async () => {
    for await (const event of log.readOn({ payloads: false })) fold(event)
  }

  const append = async (attempt: string): Promise<void> => {
    const isErased = attempts !== null && !attempts.has(attempt)
    const account = machines.states()[source]
    const facts = decideReport(source, attempt, { type: 'sign-in.answered' }, account, isErased)
    if (log.isNewer || facts.length === 0) return
    for (const event of await log.append(facts, [])) fold(event)
  }

  return {
    answered: (attempt) =>
      queue.run(async () => {
        await catchUp()
        await retryOnConflict(() => append(attempt), catchUp)
      }),
  }
}
