import type { FailureCode, FileContent } from './failure-codes.ts'

// A module of its own, because pages that tell failures apart need no list of them.
export { connectionFailureCodes, failureCodes, fileContents } from './failure-codes.ts'
export type { FailureCode, FileContent } from './failure-codes.ts'

/** What a user or an administrator needs besides the code. It is recorded, so it contains no personal data. */
export interface FailureDetails {
  /** The service's id of the failed request (`request-id`, or Entra's correlation id). */
  readonly requestId?: string
  /** The service's error code or number (`ErrorAccessDenied`, `AADSTS65004`). */
  readonly serviceCode?: string
  /** HTTP status of the response. */
  readonly status?: number
  /** The earliest time at which another try makes sense, ISO 8601. */
  readonly retryAt?: string
  /** The service or the proxy to which no connection could be made: host, and port if it is not the usual one. */
  readonly host?: string
  /** Why the connection failed: code of the runtime (`SELF_SIGNED_CERT_IN_CHAIN`) or name of a setting (`HTTPS_PROXY`). */
  readonly cause?: string
  /** When the exported file that the last import read was last changed, ISO 8601: that file can no longer be read. */
  readonly fileTime?: string
  /** What a chosen file holds in place of contacts. */
  readonly fileHolds?: FileContent
  /** The line of a table in which a quotation mark is not closed; the first is 1. */
  readonly fileLine?: number
}

/**
 * Thrown by adapters when an attempt cannot continue. Its message is the code: the sentences for users are in
 * `messages`, and text from a service must not end up in a log.
 */
export class ImportFailure extends Error {
  override readonly name = 'ImportFailure'
  readonly code: FailureCode
  readonly details: FailureDetails

  constructor(code: FailureCode, details: FailureDetails = {}, cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause })
    this.code = code
    this.details = details
  }
}

/** Whether a thrown value is an `ImportFailure`. */
export const isImportFailure = (error: unknown): error is ImportFailure => error instanceof ImportFailure

/** What a sign-out removes from the device. */
export const signOutSteps = ['tokens', 'keys', 'contacts'] as const

/**
 * One of `signOutSteps`. `keys`: the keys that encrypt the contacts and the tokens. Once they are destroyed, these and all
 * copies of them are unreadable. `contacts`: includes the account and its history.
 */
export type SignOutStep = (typeof signOutSteps)[number]

/** A sign-out that could not remove everything. Its code is the store's failure, otherwise that of the first failed step. */
export class SignOutFailure extends ImportFailure {
  /** The steps whose data was removed or did not exist. */
  readonly erased: readonly SignOutStep[]
  /** The steps whose data may still be on the device. */
  readonly left: readonly SignOutStep[]

  constructor(code: FailureCode, left: readonly SignOutStep[], cause?: unknown) {
    super(code, isImportFailure(cause) ? cause.details : {}, cause)
    this.left = signOutSteps.filter((step) => left.includes(step))
    this.erased = signOutSteps.filter((step) => !left.includes(step))
  }
}

/** Whether a thrown value is a `SignOutFailure`. */
export const isSignOutFailure = (error: unknown): error is SignOutFailure => error instanceof SignOutFailure
