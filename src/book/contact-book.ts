import type { RefusalCode } from '../domain/commands.ts'
import type { Contact } from '../domain/contact.ts'
import type { Envelope } from '../domain/events.ts'
import type { Source } from '../domain/source.ts'
import type { Clock } from '../ports/clock.ts'
import type { LinkedSource } from '../ports/linked-source.ts'
import type { BookStorage } from '../ports/storage.ts'
import type { History } from '../projections/history.ts'
import type { Inspect } from './log/account-machines.ts'
import type { LinkedAccountView } from './views/account-views.ts'
import type { Outcome } from './views/outcomes.ts'
import type { PastList } from './views/past-lists.ts'
import type { ProgressBySource } from './views/progress.ts'
import type { View } from './views/views.ts'

/** The parts that a book is made of. */
export interface ContactBookOptions {
  /** Where the book is kept. The book closes it. */
  readonly store: BookStorage
  /** The sources that can be linked, at most one of each kind. */
  readonly sources: readonly LinkedSource[]
  readonly clock: Clock
  /**
   * XState's `inspect` option: gets the machines and the envelopes they are fed, never a contact or a token.
   * An observer that throws would stop a machine: `envelopeInspector` never does.
   */
  readonly inspect?: Inspect
  /** Days for which `past` can go back at least. Default: 30. */
  readonly retentionDays?: number
  /** Gets errors that no failure code explains, for developers. People get the codes. */
  readonly diagnose?: (error: unknown) => void
  /** BCP 47 tag of the language that orders My Contacts. Default: the runtime's own. */
  readonly locale?: string
}

/** Answer to a command: the attempt that it concerns, or why it is refused. A refusal changes and records nothing. */
export type CommandResult =
  | { readonly ok: true; readonly attempt: string | null }
  | { readonly ok: false; readonly refusal: RefusalCode }

/** Answer to a command that starts an attempt: its id (a UUID, for `outcome`), or why it is refused. */
export type StartResult =
  { readonly ok: true; readonly attempt: string } | { readonly ok: false; readonly refusal: RefusalCode }

/** The answer of one source to `refreshAll`. */
export interface SourceResult {
  readonly source: Source
  readonly result: StartResult
}

/** An attempt that `resume` found under way. */
export interface Resumed {
  readonly source: Source
  readonly attempt: string
  /** `continued`: its fetch continues here. `interrupted`: its tab is gone, it failed. `elsewhere`: another process runs it. */
  readonly as: 'continued' | 'interrupted' | 'elsewhere'
}

/**
 * The contacts of a person on this device, and the accounts they come from.
 *
 * A command resolves when it is recorded, not when its attempt ends: `outcome` tells that. By then the views show
 * it. A command rejects with an `ImportFailure` (`storage-…`) where the store cannot be written, or other writers
 * keep it busy (`storage-busy`): then it has not happened. It rejects with a `TypeError` for a source without an
 * adapter.
 */
export interface ContactBook {
  /**
   * Linked Accounts: state, list, code, allowed commands and refusals of each source. Emits once for each append
   * that changes any of it, and never an equal value; a view in which nothing changed stays the same object. A
   * sign-out emits once more when its erasure is finished. The views are frozen.
   */
  readonly accounts: View<readonly LinkedAccountView[]>
  /**
   * My Contacts, in display order. Changes in one step, when an attempt is completed. The array and its contacts
   * are frozen.
   */
  readonly contacts: View<readonly Contact[]>
  /** The attempts with their counts, oldest first. */
  readonly history: View<History>
  /** What happens now, at most ten values a second. It forgets the sign-in when the fetch begins. */
  readonly progress: View<ProgressBySource>

  /** Links an account: asks the person to sign in, then imports. */
  signIn(source: Source): Promise<StartResult>
  /** Signs in again (silently where possible) and imports; the only way on after a cancel or a failure. */
  restart(source: Source): Promise<StartResult>
  /** Repeats the import without asking the person for anything. */
  refresh(source: Source): Promise<StartResult>
  /** Refreshes every linked source that has a list. Each is on its own: one that fails stops no other. */
  refreshAll(): Promise<readonly SourceResult[]>
  /** Stops the attempt under way, at once. */
  cancel(source: Source): Promise<CommandResult>
  /**
   * The first `count` of My Contacts, as many as a screen shows (`accounts` tells how many there are). After a
   * start they are there long before all others are read.
   */
  firstContacts(count: number): readonly Contact[]
  /** The contacts that a held removal would take from the device; none where no removal is held. */
  heldContacts(source: Source): readonly Contact[]
  /** Carries out a removal that was held. Rejects with `storage-damaged` where the store lost some of the new list. */
  approveRemoval(source: Source): Promise<CommandResult>
  /**
   * Unlinks the account and erases its contacts and tokens from the disk. Resolves when nothing is left. Refused
   * with `nothing-linked` where neither an event nor a token of an account is on the device.
   */
  signOut(source: Source): Promise<CommandResult>

  /** How an attempt ended, as soon as it has. Rejects with a `TypeError` where no such attempt is recorded. */
  outcome(attempt: string): Promise<Outcome>
  /**
   * The lists that a source had on this device and what each attempt changed, newest first: within the
   * retention, and further back as long as the store still holds them.
   */
  past(source: Source): Promise<Iterable<PastList>>
  /** Goes on with attempts whose process died. Long-lived shells call it once at start. */
  resume(): Promise<readonly Resumed[]>
  /** The recorded envelopes, oldest first. */
  events(): AsyncIterable<Envelope>
  /** Stops what runs here and closes the store. A fetch under way stays unfinished, to be resumed. */
  close(): Promise<void>
}
