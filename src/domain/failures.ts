/** Everything an attempt can fail of. A closed union: each has a sentence and a next step in `messages`. */
export const failureCodes = [
  'consent-declined',
  'consent-timed-out',
  'popup-blocked',
  'admin-approval-needed',
  'sign-in-blocked',
  'app-misconfigured',
  'permission-missing',
  'permission-removed',
  'sign-in-expired',
  'different-account',
  'no-mailbox',
  'too-many-contacts',
  'removal-held',
  'offline',
  'throttled',
  'service-unavailable',
  'bad-answer',
  'file-unreadable',
  'file-unknown-columns',
  'storage-full',
  'storage-read-only',
  'storage-damaged',
  'storage-foreign',
  'storage-unavailable',
  'storage-busy',
  'interrupted',
  'internal',
] as const

export type FailureCode = (typeof failureCodes)[number]

/** What an administrator or a person needs beside the code. No personal data: it is recorded. */
export interface FailureDetails {
  /** The service's own id of the failed request (`request-id`, or Entra's correlation id). */
  readonly requestId?: string
  /** The service's own error code or number (`ErrorAccessDenied`, `AADSTS65004`). */
  readonly serviceCode?: string
  /** HTTP status of the answer. */
  readonly status?: number
  /** When it makes sense to try again, ISO 8601. */
  readonly retryAt?: string
}

/**
 * Thrown by adapters when an attempt cannot go on. The message is the code: sentences for people live in
 * `messages`, and nothing that came from a service is repeated where it might reach a log.
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

export const isImportFailure = (error: unknown): error is ImportFailure => error instanceof ImportFailure
