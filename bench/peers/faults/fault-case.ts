import type { Fault, Mailbox, SettingsChange } from '../../../sandbox/index.ts'

/** The mailbox of a case: its default folder, which holds all contacts at first, and another one. */
export interface Scene {
  readonly mailbox: Mailbox
  readonly other: string
}

export interface FaultCase {
  readonly name: string
  /** What goes wrong. */
  readonly faults?: readonly Fault[] | ((scene: Scene) => readonly Fault[])
  /** How this tenant differs from others. */
  readonly settings?: SettingsChange
  /**
   * The mailbox is imported without a fault first. Then `meanwhile` happens, the faults begin, and what counts is the
   * refresh. A client without one imports everything again.
   */
  readonly isRefresh?: true
  /** The faults go on until the wait is over that the first faulty answer asks for, however often one asks. */
  readonly untilWaited?: true
  /**
   * What becomes of the mailbox after the first page is there and before the second is asked for, or before the
   * refresh.
   */
  readonly meanwhile?: readonly ((scene: Scene) => void)[]
  /** Milliseconds after the first faulty answer, when the person cancels. */
  readonly cancelAfter?: number
  /** A request that meets the fault, and what the table says of a client that sends none. Default: the second page. */
  readonly met?: { readonly by: RegExp; readonly otherwise: string }
  /** Megabytes that the process may have at most, the sandbox included. Default: as many as it gets. */
  readonly mostMemory?: number
  /**
   * The right outcome, within the limit and without a token in the wrong hands: a `list` as the mailbox held it; a
   * `failure` if that cannot be expected; after a `cancel`, an end within a second.
   */
  readonly right: 'list' | 'failure' | 'cancel'
}
