import { createActor } from 'xstate'
import type { Actor, InspectionEvent } from 'xstate'
import type { EventType, RecordedEvent } from '../../domain/events.ts'
import { ImportFailure } from '../../domain/failures.ts'
import { sources } from '../../domain/source.ts'
import type { Source } from '../../domain/source.ts'
import { accountState } from '../../machines/account-state.ts'
import type { AccountState } from '../../machines/account-state.ts'
import { linkedAccount } from '../../machines/linked-account.ts'
import type { AccountEvent, AccountSnapshot } from '../../machines/linked-account.ts'

/** An observer of XState's machines: the `inspect` option of `createActor`. It must not throw. */
export type Inspect = (event: InspectionEvent) => void

const leavesStates: readonly EventType[] = ['report.ignored', 'list.checkpointed', 'identity.decided']

/**
 * The machines, one for each source. They receive recorded events only, so a replay equals the first run and
 * starts nothing. (A replay uses actors as well: XState's pure `transition` builds a scope for every call and takes ten
 * times as long.)
 */
export class AccountMachines {
  readonly #actors: ReadonlyMap<Source, Actor<typeof linkedAccount>>

  /** Starts in the states that `replayed` reached, so that an inspector does not see the whole past. */
  constructor(replayed?: AccountMachines, inspect?: Inspect) {
    const start = (source: Source) =>
      createActor(linkedAccount, {
        id: source,
        ...(inspect && { inspect }),
        ...(replayed && { snapshot: linkedAccount.getPersistedSnapshot(replayed.snapshot(source)) }),
      }).start()
    this.#actors = new Map(sources.map((source) => [source, start(source)]))
  }

  snapshot(source: Source): AccountSnapshot {
    return this.#actor(source).getSnapshot()
  }

  states(): Readonly<Record<Source, AccountState>> {
    const entries = [...this.#actors].map(
      ([source, actor]) => [source, accountState(actor.getSnapshot())] as const,
    )
    return Object.fromEntries(entries) as Record<Source, AccountState>
  }

  /**
   * Folds one recorded event, without its payload. Throws `ImportFailure` `storage-damaged` if it does not fit the
   * state: XState would ignore it silently.
   */
  evolve({ stream, type, attempt, data, time, position }: Omit<RecordedEvent, 'payload'>): void {
    if (leavesStates.includes(type)) return
    const event = { type, attempt, data, time } as AccountEvent
    const actor = this.#actor(stream)
    if (!actor.getSnapshot().can(event)) {
      throw new ImportFailure('storage-damaged', { serviceCode: `event ${position}` })
    }
    actor.send(event)
  }

  stop(): void {
    for (const actor of this.#actors.values()) actor.stop()
  }

  #actor(source: Source): Actor<typeof linkedAccount> {
    const actor = this.#actors.get(source)
    if (!actor) throw new TypeError(`no such source: ${source}`)
    return actor
  }
}
