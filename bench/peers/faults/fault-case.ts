import type { Fault, Mailbox } from '../../../sandbox/index.ts'

/** The mailbox of a case: its default folder, which holds all contacts at first, and another one. */
export interface Scene {
  readonly mailbox: Mailbox
  readonly other: string
}

export interface FaultCase {
  readonly name: string
  /** What goes wrong. */
  readonly faults?: readonly Fault[]
  /** The faults go on until the wait is over that the first faulty answer asks for, however often one asks. */
  readonly untilWaited?: true
  /** What becomes of the mailbox after the first page is there and before the second is asked for. */
  readonly meanwhile?: readonly ((scene: Scene) => void)[]
  /** Milliseconds after the first faulty answer, when the person cancels. */
  readonly cancelAfter?: number
  /**
   * The right outcome, within the limit and without a token in the wrong hands: a `list` as the mailbox held it; a
   * `failure` if that cannot be expected; after a `cancel`, an end within a second.
   */
  readonly right: 'list' | 'failure' | 'cancel'
}
