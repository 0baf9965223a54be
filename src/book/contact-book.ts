import type { RefusalCode } from '../domain/commands.ts'
import type { Contact, ContactKey } from '../domain/contact.ts'
import type { Envelope } from '../domain/events.ts'
import type { SignOutStep } from '../domain/failures.ts'
import type { Photo } from '../domain/photo.ts'
import type { Source } from '../domain/source.ts'
import type { Clock } from '../ports/clock.ts'
import type { KeyPlace } from '../ports/key-vault.ts'
import type { LinkedSource } from '../ports/linked-source.ts'
import type { BookStorage } from '../ports/storage.ts'
import type { History } from '../projections/history.ts'
import type { Identity } from '../projections/people/identities.ts'
import type { NameOrder } from '../projections/order/name-order.ts'
import type { OrderSetting } from '../projections/sort-contacts.ts'
import type { Inspect } from './log/account-machines.ts'
import type { LinkedAccountView } from './views/account-views.ts'
import type { IncomingBySource } from './views/incoming.ts'
import type { Outcome } from './views/outcomes.ts'
import type { PastList } from './views/past-lists.ts'
import type { ProgressBySource } from './views/progress.ts'
import type { Swap } from './views/swaps.ts'
import type { View } from './views/views.ts'

/** The parts that a book is made of. */
export interface ContactBookOptions {
  /** Where the book is kept. The book closes it. */
  readonly store: BookStorage
  /** The sources that can be linked, at most one of each kind. */
  readonly sources: readonly LinkedSource[]
  readonly clock: Clock
  /**
   * XState's `inspect` option: receives the machines and the envelopes sent to them, never a contact or a token.
   * An observer that throws would stop a machine; `envelopeInspector` never throws.
   */
  readonly inspect?: Inspect
  /** Minimum number of days that `past` reaches back. Default: 30. */
  readonly retentionDays?: number
  /** Receives errors that no failure code explains, for developers. Users see the codes. */
  readonly diagnose?: (error: unknown) => void
  /** BCP 47 tag of the language that orders My Contacts. Default: the runtime's own. */
  readonly locale?: string
  /** Whether My Contacts goes by given or by family names. Default: what the people of the locale expect. */
  readonly nameOrder?: NameOrder
}

/**
 * Answer to a command: the attempt it concerns, or why it is refused. A refusal changes and records nothing, with
 * one exception: `signOut` in a store of a newer version (`store-is-newer`) has still removed everything except `left`.
 */
export type CommandResult =
  | { readonly ok: true; readonly attempt: string | null }
  | { readonly ok: false; readonly refusal: RefusalCode; readonly left?: readonly SignOutStep[] }

/** Answer to a command that starts an attempt: its id (a UUID, for `outcome`), or why it is refused. */
export type StartResult =
  { readonly ok: true; readonly attempt: string } | { readonly ok: false; readonly refusal: RefusalCode }

/** The answer of one source to `refreshAll`. */
export interface SourceResult {
  readonly source: Source
  readonly result: StartResult
}

/** An attempt under way that `resume` found. */
export interface Resumed {
  readonly source: Source
  readonly attempt: string
  /** `continued`: its fetch continues here. `interrupted`: failed, no tab is left. `elsewhere`: runs in another process. */
  readonly as: 'continued' | 'interrupted' | 'elsewhere'
}

/**
 * The contacts of a person on this device, and the accounts they come from. All views change before the first of them emits,
 * so that `get` of one is up to date in a subscriber of another.
 *
 * A command resolves when it is recorded and the views show it; `outcome` resolves when its attempt ends. A command
 * rejects with an `ImportFailure` (`storage-…`) if the store cannot be written or other writers keep it busy
 * (`storage-busy`): then the command had no effect. It rejects with a `TypeError` for a source without an adapter.
 */
export interface ContactBook {
  /**
   * Linked Accounts: state, list, code, allowed commands and refusals of each source. Emits once for each append
   * that changes one of these, and never an equal value; an unchanged view stays the same object. A sign-out emits
   * once more when its erasure is finished. The views are frozen.
   */
  readonly accounts: View<readonly LinkedAccountView[]>
  /**
   * My Contacts, in display order. Changes in one step, when an attempt is completed. The array and its contacts
   * are frozen.
   */
  readonly contacts: View<readonly Contact[]>
  /**
   * What the person said with `identify`: each pair once, the newest decision first. A pair whose contacts are not on the
   * device may still be in it, until its account is signed out.
   */
  readonly identities: View<readonly Identity[]>
  /**
   * What first imports have brought so far, page by page, until `contacts` has it or the attempt ends otherwise: both change
   * in one step, so no contact is in both. Not complete, and empty while there is no subscriber, because only then it is
   * sorted.
   */
  readonly incoming: View<IncomingBySource>
  /** The locale and the order of names by which `contacts` is sorted. */
  readonly order: OrderSetting
  /** The attempts with their counts, oldest first. */
  readonly history: View<History>
  /**
   * The position of the last recorded event, also of other writers; 0: none yet. Emits after each append, so that a reader of
   * `events` knows when to read on.
   */
  readonly position: View<number>
  /** Live progress, at most ten values a second. The sign-in details disappear when the fetch begins. */
  readonly progress: View<ProgressBySource>

  /** Links an account: asks the person to sign in, then imports. */
  signIn(source: Source): Promise<StartResult>
  /** Signs in again (silently if possible) and imports. After a cancel or a failure, only this command continues. */
  restart(source: Source): Promise<StartResult>
  /** Repeats the import without asking the person for anything. */
  refresh(source: Source): Promise<StartResult>
  /** Refreshes every linked source that has a list. A source that fails does not stop the others. */
  refreshAll(): Promise<readonly SourceResult[]>
  /**
   * Ends the wait of an import that `progress` shows and that `canRetryNow`, and tries again. Waits that the service asked for
   * last. Neither recorded nor a command. False if no task of the source runs here.
   */
  retryNow(source: Source): boolean
  /** Stops the attempt under way immediately. */
  cancel(source: Source): Promise<CommandResult>
  /**
   * Calls the listener after each change of a list, once the views show it, with the keys of the contacts that came,
   * changed and went; a sign-out removes all. Returns a function that ends the subscription. An error that the listener
   * throws goes to `diagnose`.
   */
  onSwap(listener: (swap: Swap) => void): () => void
  /**
   * The first `count` of My Contacts, enough for a screen (`accounts` has their total number). After a start they
   * are available long before all the others are read.
   */
  firstContacts(count: number): readonly Contact[]
  /**
   * The photo of a contact; null if it has none, or if no such contact is in the lists. Ask for those on the screen:
   * requests of one moment go out together, the newest first. Photos are never stored: the last 200 are kept in memory, an
   * answer for an hour, until the account is signed out or another one, or the book is closed. Requests
   * under way then resolve to null. Do not change the bytes, which are shared.
   *
   * Rejects with an `ImportFailure` that says why the source could not be asked (`offline`, `permission-missing`,
   * `throttled`, …); `service-unavailable` if only this contact could not be, and `interrupted` if a hundred newer
   * requests came. Ask again when the row is next shown.
   */
  photo(key: ContactKey): Promise<Photo | null>
  /** The contacts that a held removal would remove from the device; empty if no removal is held. */
  heldContacts(source: Source): readonly Contact[]
  /** Carries out a held removal. Rejects with `storage-damaged` if the store has lost part of the new list. */
  approveRemoval(source: Source): Promise<CommandResult>
  /**
   * Records whether two contacts of two sources are the same person; null takes back what was said, so that the rules count
   * again. It changes neither contact, and counts until another decision about the pair or a sign-out of one of the accounts,
   * through refreshes and new names. Refused with `contact-gone`
   * or `one-source`. `attempt` is null.
   */
  identify(one: ContactKey, other: ContactKey, isSame: boolean | null): Promise<CommandResult>
  /**
   * Unlinks the account and erases its contacts and tokens from the disk. Resolves when nothing is left. Refused
   * with `nothing-linked` if the device has no event and no token of an account.
   *
   * Rejects with a `SignOutFailure` if something is left. Tokens are removed even if the store cannot be written, read
   * or trusted. The next sign-out or the next opening tries again to remove the rest.
   */
  signOut(source: Source): Promise<CommandResult>

  /**
   * Where the key is that encrypts the contacts of a source; null if there is none. Rejects with `storage-locked` if the
   * key ring does not answer.
   */
  keyPlace(source: Source): Promise<KeyPlace | null>

  /** Resolves to how the attempt ended, once it has ended. Rejects with a `TypeError` if no such attempt is recorded. */
  outcome(attempt: string): Promise<Outcome>
  /**
   * The lists that a source had on this device and what each attempt changed, newest first. Reaches back at least
   * `retentionDays`, and further if the store still holds the earlier lists. Its code is loaded when it is first used;
   * rejects with `offline` or `service-unavailable` if a page cannot load it.
   */
  past(source: Source): Promise<Iterable<PastList>>
  /**
   * Continues attempts whose process has died, and from now on also those whose process dies later: a fetch goes on after its
   * last page, a sign-in fails as `interrupted`. Of several books, one does it. Long-lived shells call it once at start.
   * Without it, `accounts` shows such an attempt with `runner: 'nobody'`. Rejects with an `ImportFailure` (`storage-…`) if the
   * store cannot be read or written.
   */
  resume(): Promise<readonly Resumed[]>
  /** The recorded envelopes after a position (0: all), oldest first. Positions are counted in the store and may have gaps. */
  events(after?: number): AsyncIterable<Envelope>
  /** Stops the tasks of this book and closes the store. A fetch under way stays unfinished and can be resumed. */
  close(): Promise<void>
}
