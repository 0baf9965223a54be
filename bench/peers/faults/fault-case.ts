import type { Fault, Mailbox, SettingsChange } from '../../../sandbox/index.ts'

/** The mailbox of a case: its default folder, which holds all contacts at first, and another one. */
export interface Scene {
  readonly mailbox: Mailbox
  readonly other: string
}

export interface FaultCase {
  readonly name: string
  readonly faults?: readonly Fault[] | ((scene: Scene) => readonly Fault[])
  /** Settings of the sandbox for this case. */
  readonly settings?: SettingsChange
  /**
   * First the mailbox is imported without a fault. Then `meanwhile` happens, the faults begin, and the refresh is
   * judged. A client without a refresh imports everything again.
   */
  readonly isRefresh?: true
  /** The faults last until the time that the first faulty response names in Retry-After, for any number of requests. */
  readonly untilWaited?: true
  /** Changes of the mailbox between the first page and the request for the second, or before the refresh. */
  readonly meanwhile?: readonly ((scene: Scene) => void)[]
  /** The person cancels so many milliseconds after the first faulty response. */
  readonly cancelAfter?: number
  /** A request that meets the fault, and the text for a client that sends none. Default: the second page. */
  readonly met?: { readonly by: RegExp; readonly otherwise: string }
  /** The most memory that the process may use (MB), including the sandbox. Default: no limit. */
  readonly mostMemory?: number
  /**
   * The right outcome, within the time limit and without a token at another origin: `list`, a list that the mailbox
   * held; `failure`, such a list or a failure; `cancel`, an end within a second after the cancel.
   */
  readonly right: 'list' | 'failure' | 'cancel'
}
