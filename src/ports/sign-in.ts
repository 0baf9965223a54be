import type { FailureCode } from '../domain/failures.ts'
import type { Account, SignInReport } from '../domain/reports.ts'
import type { Waiting } from './contact-source.ts'

/** A request to sign in. */
export interface SignInRequest {
  readonly attempt: string
  /** The last account cannot be used: let the user choose one, even if access is still granted. */
  readonly chooseAccount?: boolean
}

/** What the user has to do to sign in. Shown, never recorded. */
export interface SignInProgress {
  /**
   * Where the sign-in page is, to show and copy if no browser opened. Without a `userCode`, it is a short link on this
   * machine that leads one browser to the page.
   */
  readonly address?: string
  /** Whether a browser was asked to open it. */
  readonly opened?: boolean
  /** When the sign-in times out. */
  readonly until?: Date
  /**
   * What the app knows about the tab that was opened. `unknown`: the sign-in page does not let the app see. `closed` is a hint
   * too, because a later page may do the same: the person may still come back, so the sign-in continues.
   */
  readonly tab?: 'open' | 'closed' | 'unknown'
  /** Device code sign-in: the code to type at `address`, on any device. */
  readonly userCode?: string
  /** The file that will hold the tokens unencrypted, because no key can be kept. */
  readonly tokensKeptIn?: string
  /** Why the sign-in waits for the service; null when that is over. */
  readonly waiting?: Waiting | null
}

/** The core's answer to a report. Not accepted: the attempt is over, or the report made it fail. */
export type ReportAnswer =
  { readonly accepted: true } | { readonly accepted: false; readonly reason: 'attempt-over' | FailureCode }

/** What a running sign-in may use of the core. */
export interface SignInContext {
  /** Aborts when the attempt is over. The task ends; late redirects are still answered until they time out. */
  readonly signal: AbortSignal
  progress(progress: SignInProgress): void
  /** May also be called after the abort: the core then records that it ignored the report. */
  report(report: SignInReport): Promise<ReportAnswer>
}

/** A sign-in tab that may still redirect after the process that opened it has ended. */
export interface LateRedirect {
  readonly attempt: string
  /** SHA-256 (base64url) of the `state` in the tab's redirect. Identifies the tab and grants nothing. */
  readonly stateHash: string
  /** The same of the paths that lead to its sign-in page, each beginning with `/`. */
  readonly linkHashes: readonly string[]
  /** Whether a browser followed one of them, so that its tab may come back. Otherwise following one is the tab's answer. */
  readonly hasLeft: boolean
  /** Why it is too late. */
  readonly why: 'cancelled' | 'consent-timed-out'
}

/** What another process needs to answer late redirects. */
export interface LateRedirects {
  /** The port on this machine to which the tabs redirect. */
  readonly port: number
  readonly until: Date
  readonly tabs: readonly LateRedirect[]
}

/**
 * Port: obtains a user's consent and keeps the access that it grants.
 *
 * `signIn` tries silently first (unless another account is to be chosen), then asks the user. It resolves when
 * `consent.granted` was accepted or the attempt is over, and throws an `ImportFailure` otherwise. It reports
 * `sign-in.answered` before it redeems a code, and does not redeem the code if that report is not accepted. If
 * `consent.granted` is not accepted, it deletes the new tokens and keeps the earlier ones. The tab always shows
 * what happened. For a device code, one request both learns of the answer and redeems the code; tokens that are not
 * accepted are discarded unread.
 */
export interface SignIn {
  signIn(request: SignInRequest, context: SignInContext): Promise<void>
  /**
   * The account whose access the next fetch would use. For sign-ins whose access may switch to another account by
   * itself. Throws an `ImportFailure` if there is no access.
   */
  access?(): Promise<Account>
  /**
   * Whether a sign-out has anything to remove: tokens in memory or on disk, including unreadable ones and remains of
   * an interrupted write. Absent: the port keeps none. A throw counts as true.
   */
  hasTokens?(): Promise<boolean>
  /**
   * Whether the access outlives this process. False: it could not be stored, so the user will have to sign in again.
   * Absent: true, or nothing is meant to be stored.
   */
  isKept?(): boolean
  /**
   * When the access ends unless the person signs in again, for accesses that no renewal prolongs. Null if that is not known,
   * or there is no access. Absent: no such end is known.
   */
  accessUntil?(): Promise<Date | null>
  /**
   * Removes every token of the account from memory and disk, also while another process renews them. May be repeated.
   * Throws an `ImportFailure` if one stays, and what `isWanted` throws.
   *
   * @param isWanted whether to remove them, asked when no other process can store tokens any more: another account may
   *   have been linked meanwhile. Absent: they are removed.
   */
  signOut(isWanted?: () => Promise<boolean>): Promise<void>
  /**
   * The sockets that listen for late redirects (`net.Server` of Node), none if no tab is open. A process that is about to
   * end passes them on before `handOver`, so that no connection is refused in between.
   */
  redirectSockets?(): Promise<readonly object[]>
  /**
   * Stops answering late redirects and returns what another process needs to answer them; null if no tab is open.
   * For a process that ends right after a cancel, so that the tab still gets an answer.
   */
  handOver?(): Promise<LateRedirects | null>
  /** Stops answering late redirects. */
  close(): Promise<void>
}
