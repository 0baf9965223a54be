import type { RefusalCode } from '../domain/commands.ts'
import type { FailureCode, FailureDetails } from '../domain/failures.ts'
import type { SignOutFailure, SignOutStep } from '../domain/failures.ts'
import type { Finding, NoticeCode } from '../domain/findings.ts'
import type { Messages, Sentences, Situation, Steps } from './catalogue.ts'

/** Everything a shell shows when something did not work: up to four lines, in this order. */
export interface Explanation extends Sentences {
  /** Says that the contacts on the device are unchanged; null if there are none. */
  readonly kept: string | null
  /** Ids and codes of the service, for the person's administrator; null if there are none. */
  readonly administrator: string | null
}

/** Facts about a failure besides its code. */
export interface FailureFacts {
  /** `details` of the `ImportFailure`, the `Outcome` or the `LinkedAccountView`. */
  readonly details?: FailureDetails
  /** Where an administrator can approve the app (`adminConsentLink`). Shown only if approval may be missing. */
  readonly adminConsentLink?: string
}

/**
 * Failures that an administrator can resolve. A declined and an unfinished sign-in are among them: Microsoft often
 * does not tell the app that the page *Need admin approval* stopped the person.
 */
const mayNeedApproval: readonly FailureCode[] = [
  'admin-approval-needed',
  'permission-missing',
  'consent-declined',
  'consent-timed-out',
]

/** For these, the sentence itself says that the contacts on the device cannot be read. */
const unreadable: readonly FailureCode[] = ['storage-locked', 'storage-key-lost']

/** Explains why an attempt, or opening a store, failed. */
export const explainFailure = (
  messages: Messages,
  code: FailureCode,
  situation: Situation,
  { details = {}, adminConsentLink }: FailureFacts = {},
): Explanation => {
  const { retryAt, cause, fileTime, fileHolds, fileLine } = details
  const link = mayNeedApproval.includes(code) ? adminConsentLink : undefined
  return {
    ...messages.failures[code]({
      ...situation,
      ...(retryAt !== undefined && { retryAt }),
      ...(cause !== undefined && { cause }),
      ...(fileTime !== undefined && { fileTime }),
      ...(fileHolds !== undefined && { fileHolds }),
      ...(fileLine !== undefined && { fileLine }),
      ...(details.status === undefined && { isUnanswered: true }),
    }),
    kept: unreadable.includes(code) ? null : kept(messages, situation),
    administrator: messages.forAdministrator(details, link),
  }
}

/** Explains why a sign-out failed, what it has removed, and what remains. */
export const explainSignOutFailure = (
  messages: Messages,
  { code, details, left }: Pick<SignOutFailure, 'code' | 'details' | 'left'>,
  situation: Situation,
): Explanation => {
  const { happened, next } = messages.signOutLeft(left, situation)
  // If the contacts are removed, the code is about the token file, but its sentence would name the file of the contacts.
  const why = left.includes('contacts') ? [messages.failures[code](situation).happened] : []
  return {
    ...plain({ happened: [...why, happened].join(' '), next }),
    administrator: messages.forAdministrator(details, undefined),
  }
}

/** Explains why a sign-out was refused that has removed some of the data, and what remains. */
export const explainSignOutRefusal = (
  messages: Messages,
  code: RefusalCode,
  left: readonly SignOutStep[],
  situation: Situation,
): Explanation => {
  const { happened, next } = messages.refusals[code](situation)
  return plain({ happened: `${happened} ${messages.signOutLeft(left, situation).happened}`, next })
}

/** Explains why a command was refused. */
export const explainRefusal = (messages: Messages, code: RefusalCode, situation: Situation): Explanation =>
  plain(messages.refusals[code](situation))

/** Explains what `examineStore` found wrong with a store. */
export const explainFinding = (messages: Messages, finding: Finding, steps: Steps): Explanation =>
  plain(messages.findings[finding.code](finding, steps))

/** Explains a notice of a `LinkedAccountView`. `updatedAt` of the situation: when the current list was completed. */
export const explainNotice = (messages: Messages, code: NoticeCode, situation: Situation): Explanation =>
  plain(messages.notices[code](situation))

/** Says that an attempt was cancelled, and how to start again: `refresh` of the situation says which way. */
export const explainCancelled = (messages: Messages, situation: Situation): Explanation => ({
  ...plain(messages.cancelled(situation)),
  kept: kept(messages, situation),
})

/** Says that a sign-out ended the attempt, and how to begin again. */
export const explainSignedOut = (messages: Messages, situation: Situation): Explanation =>
  plain(messages.signedOut(situation))

const plain = (sentences: Sentences): Explanation => ({ ...sentences, kept: null, administrator: null })

const kept = (messages: Messages, { onDevice, updatedAt }: Situation): string | null =>
  onDevice ? messages.kept(onDevice, updatedAt) : null
