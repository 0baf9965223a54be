import type { RecordedEvent } from '../../domain/events.ts'
import { ImportFailure } from '../../domain/failures.ts'
import { foldContactLists, noContactLists } from '../../projections/contact-lists.ts'
import type { ContactLists } from '../../projections/contact-lists.ts'
import { foldCompactionBases, noCompactionBases } from '../../projections/compaction-basis.ts'
import type { CompactionBases } from '../../projections/compaction-basis.ts'
import { foldAttempts, historyOf, noAttempts } from '../../projections/history.ts'
import type { Attempts, History } from '../../projections/history.ts'
import { foldTombstones, noTombstones } from '../../projections/tombstones.ts'
import type { Tombstones } from '../../projections/tombstones.ts'
import { AccountMachines } from './account-machines.ts'
import type { Inspect } from './account-machines.ts'

/** What the log folds into: the machines and the projections. */
export class BookState {
  machines = new AccountMachines()
  lists: ContactLists
  #attempts: Attempts = noAttempts
  #history: History | null = null
  tombstones: Tombstones = noTombstones
  compaction: CompactionBases = noCompactionBases

  constructor(lists: ContactLists = noContactLists) {
    this.lists = lists
  }

  /** Shows the machines to an inspector from now on, without the past that was replayed. */
  inspect(inspect: Inspect): void {
    const replayed = this.machines
    this.machines = new AccountMachines(replayed, inspect)
    replayed.stop()
  }

  get history(): History {
    return (this.#history ??= historyOf(this.#attempts))
  }

  /** Folds an event that came with its payload. */
  fold(event: RecordedEvent): void {
    this.foldEnvelope(event)
    this.lists = foldContactLists(this.lists, event)
  }

  /** Throws `ImportFailure` `storage-damaged` if a list is incomplete: it must not be shown. */
  checkLists(): void {
    const lists = Object.values(this.lists)
    if (lists.some(({ isDamaged }) => isDamaged)) throw new ImportFailure('storage-damaged')
  }

  /** Folds an event whose payload is already in the lists. */
  foldEnvelope(event: Omit<RecordedEvent, 'payload'>): void {
    this.machines.evolve(event)
    this.#attempts = foldAttempts(this.#attempts, event)
    this.#history = null
    this.tombstones = foldTombstones(this.tombstones, event)
    this.compaction = foldCompactionBases(this.compaction, event)
  }
}
