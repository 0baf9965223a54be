import type { FailureCode } from '../domain/failures.ts'
import type { Account, SignInReport } from '../domain/reports.ts'

export interface SignInRequest {
  readonly attempt: string
  /** The account of before will not do: the person shall choose one, whatever access still stands. */
  readonly chooseAccount?: boolean
}

/** What the person has to do. Shown, never recorded. */
export interface SignInProgress {
  /** The address of the sign-in page, to be shown again and copied where no browser opened. */
  readonly address?: string
  /** Whether a browser was asked to show it. */
  readonly opened?: boolean
  /** When the sign-in times out. */
  readonly until?: Date
  /** Device code sign-in: what to type at `address`, on any device. */
  readonly userCode?: string
  /** The file that will hold the tokens as they are, because the system has no key store that could guard them. */
  readonly tokensKeptIn?: string
}

/** What the core made of a report. Not accepted: the attempt is over, or it failed of what was reported. */
export type ReportAnswer =
  { readonly accepted: true } | { readonly accepted: false; readonly reason: 'attempt-over' | FailureCode }

export interface SignInContext {
  /** Aborts when the attempt is over: the task ends, but late tabs are still answered until their time-out. */
  readonly signal: AbortSignal
  progress(progress: SignInProgress): void
  /** May be called after the abort as well: the core then records that it was ignored. */
  report(report: SignInReport): Promise<ReportAnswer>
}

/** A tab that may still be answered when the process that opened it has ended. */
export interface LateRedirect {
  readonly attempt: string
  /** SHA-256, base64url, of the `state` that the tab brings back: tells it apart, and opens nothing. */
  readonly stateHash: string
  /** Why its answer comes too late. */
  readonly why: 'cancelled' | 'consent-timed-out'
}

/** What it takes to answer tabs in the place of the process that opened them. */
export interface LateRedirects {
  /** Of this machine, where the tabs come back. */
  readonly port: number
  readonly until: Date
  readonly tabs: readonly LateRedirect[]
}

/**
 * Port: gets a person's consent, and keeps the access that it gives.
 *
 * `signIn` tries silently first (unless another account is to be chosen), then asks the person. It resolves
 * when `consent.granted` was accepted or the attempt is over, and throws an `ImportFailure` for everything
 * else. Before a code is redeemed it reports `sign-in.answered`; where that is not accepted, the code is not
 * redeemed. Where `consent.granted` is not accepted, the tokens just received are deleted, earlier ones kept.
 * The tab always says what happened. A device code is redeemed by the very request that learns of the
 * answer: there, what is not accepted is let go unread.
 */
export interface SignIn {
  signIn(request: SignInRequest, context: SignInContext): Promise<void>
  /**
   * Whose access the next fetch would use, for a port whose access may come to be another account's without a
   * sign-in. Throws an `ImportFailure` where there is none.
   */
  access?(): Promise<Account>
  /** Removes every token of the account from memory and disk. May be repeated. */
  signOut(): Promise<void>
  /**
   * Stops answering late tabs, and tells whoever does so from now on what to know; null where there is none.
   * For a process that ends right after a cancel: its tab would come back to nobody.
   */
  handOver?(): Promise<LateRedirects | null>
  /** Stops answering late tabs. */
  close(): Promise<void>
}
