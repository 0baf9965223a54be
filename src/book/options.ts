import type { Clock } from '../ports/clock.ts'
import type { LinkedSource } from '../ports/linked-source.ts'
import type { BookStorage } from '../ports/storage.ts'
import type { Inspect } from './log/account-machines.ts'

/** What a book needs: where the contacts are kept, and where they come from. */
export interface ContactBookOptions {
  readonly store: BookStorage
  /** The sources that can be linked, at most one of a kind. */
  readonly sources: readonly LinkedSource[]
  readonly clock: Clock
  /**
   * XState's inspect option: sees the machines with the envelopes they are fed, never a contact or a token.
   * An observer that throws would stop a machine: see `envelopeInspector`, which never does.
   */
  readonly inspect?: Inspect
  /** Days for which `past` can go back, at the least; 30 where absent. */
  readonly retentionDays?: number
  /** Gets errors that no failure code explains, for developers. Codes reach people anyhow. */
  readonly diagnose?: (error: unknown) => void
  /** BCP 47 tag that orders My Contacts; the runtime's own where absent. */
  readonly locale?: string
}
