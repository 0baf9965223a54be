import type { Contact } from '../domain/contact.ts'
import type { Envelope } from '../domain/events.ts'
import type { RefusalCode } from '../domain/commands.ts'
import type { Source } from '../domain/source.ts'
import type { History } from '../projections/history.ts'
import type { LinkedAccountView } from './views/linked-account-view.ts'
import type { Outcome } from './views/outcomes.ts'
import type { PastList } from './views/past-lists.ts'
import type { ProgressBySource } from './views/progress.ts'
import type { View } from './views/view.ts'

/** Answer to a command: the attempt that it concerns, or why it may not be. */
export type CommandResult =
  | { readonly ok: true; readonly attempt: string | null }
  | { readonly ok: false; readonly refusal: RefusalCode }

/** Answer to a command that started an attempt. */
export type StartResult =
  { readonly ok: true; readonly attempt: string } | { readonly ok: false; readonly refusal: RefusalCode }

/** What became of one source when all were asked. */
export interface SourceResult {
  readonly source: Source
  readonly result: StartResult
}

/** What `resume` found under way. */
export interface Resumed {
  readonly source: Source
  readonly attempt: string
  /** `continued`: its fetch goes on. `interrupted`: its tab is gone, it failed. `elsewhere`: another process runs it. */
  readonly as: 'continued' | 'interrupted' | 'elsewhere'
}

/**
 * The contacts of a person on this device, and the accounts they come from.
 *
 * Commands resolve when they are recorded, not when the attempt ends: `outcome` tells that. They reject with
 * an `ImportFailure` (`storage-…`) where the store cannot be written.
 */
export interface ContactBook {
  /** Per source: state, list, code, allowed commands and refusals. */
  readonly accounts: View<readonly LinkedAccountView[]>
  /** My Contacts, in display order. Changes in one step, when an attempt is completed. */
  readonly contacts: View<readonly Contact[]>
  /** Every attempt's counts, oldest first. */
  readonly history: View<History>
  /** What is going on now, at most ten times a second. */
  readonly progress: View<ProgressBySource>

  /** Links an account: asks the person to sign in, then imports. */
  signIn(source: Source): Promise<StartResult>
  /** Signs in anew (silently where possible) and imports; the only way on after a cancel or a failure. */
  restart(source: Source): Promise<StartResult>
  /** Repeats the import without asking the person for anything. */
  refresh(source: Source): Promise<StartResult>
  /** Asks every linked source that has a list for a refresh, each for itself: one that fails stops no other. */
  refreshAll(): Promise<readonly SourceResult[]>
  /** Stops the attempt under way, at once. */
  cancel(source: Source): Promise<CommandResult>
  /**
   * The first of My Contacts, as many as a screen shows (`accounts` tells how many there are): after a start
   * they are there long before all others are read.
   */
  firstContacts(count: number): readonly Contact[]
  /** The contacts that a held removal would take from the device; none where nothing is held. */
  heldContacts(source: Source): readonly Contact[]
  /** Carries out a removal that was held. */
  approveRemoval(source: Source): Promise<CommandResult>
  /** Unlinks the account and erases its contacts and tokens from the disk. Resolves when nothing is left. */
  signOut(source: Source): Promise<CommandResult>

  /** How an attempt ended, as soon as it has. Rejects with a `TypeError` where no such attempt is recorded. */
  outcome(attempt: string): Promise<Outcome>
  /**
   * The lists that a source had on this device and what each attempt changed, newest first: within the
   * retention, and further back as long as it is still there.
   */
  past(source: Source): Promise<Iterable<PastList>>
  /** Goes on with what an earlier process left unfinished. Long-lived shells call it once at start. */
  resume(): Promise<readonly Resumed[]>
  /** The recorded envelopes, oldest first. */
  events(): AsyncIterable<Envelope>
  /** Lets go of everything. A fetch under way stays unfinished, to be resumed. */
  close(): Promise<void>
}
