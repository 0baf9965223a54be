import type { RecordedEvent } from '../../domain/events.ts'
import { ImportFailure } from '../../domain/failures.ts'
import type { Source } from '../../domain/source.ts'
import { emptyList, foldContactLists, noContactLists } from '../../projections/contact-lists.ts'
import type { ContactLists } from '../../projections/contact-lists.ts'
import { foldCompactionBases, noCompactionBases } from '../../projections/compaction-basis.ts'
import type { CompactionBases } from '../../projections/compaction-basis.ts'
import { foldAttempts, historyOf, noAttempts } from '../../projections/history.ts'
import type { Attempts, History } from '../../projections/history.ts'
import { foldTombstones, noTombstones } from '../../projections/tombstones.ts'
import type { Tombstones } from '../../projections/tombstones.ts'
import type { NoKey } from './linking-keys.ts'
import { AccountMachines } from './account-machines.ts'
import type { Inspect } from './account-machines.ts'

/** The state folded from the log: the machines and the projections. */
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

  /** Throws `ImportFailure` `storage-damaged` if the medium has lost part of a list. Such a list must not be shown. */
  checkLists(): void {
    const lists = Object.values(this.lists)
    if (lists.some(({ unreadable }) => unreadable === 'damaged')) throw new ImportFailure('storage-damaged')
  }

  /** Marks a list as lost: its key was destroyed, although no sign-out of its account is recorded. */
  loseList(source: Source): void {
    if (this.lists[source]) this.lists = { ...this.lists, [source]: { ...emptyList, unreadable: 'lost' } }
  }

  /** Why the list of a source, or what an attempt has staged for it, cannot be read although the medium is whole. */
  missingKey(source: Source): NoKey | null {
    const { unreadable, staged } = this.lists[source] ?? {}
    const why = unreadable ?? staged?.unreadable
    return why === undefined || why === 'damaged' ? null : why
  }

  /** Whether a sign-out has erased an attempt. */
  isErased(source: Source, attempt: string): boolean {
    if (this.tombstones.last[source] === undefined) return false
    if (this.machines.states()[source].context.attempt?.id === attempt) return false
    return !this.history.some((record) => record.source === source && record.attempt === attempt)
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
