import type { FailureCode, FailureDetails } from '../domain/failures.ts'
import type { RefusalCode } from '../domain/commands.ts'
import type { Messages, Sentences, Situation } from './messages.ts'

/** All that a shell shows where something did not work: a line each, and only where there is something to say. */
export interface Explanation extends Sentences {
  /** What was not touched. */
  readonly kept: string | null
  /** Ids and codes of the service, which mean nothing to the person. */
  readonly administrator: string | null
}

/**
 * Where an administrator may have to help. Who declined, or did not come back, may have been stopped by the
 * page *Need admin approval*: Microsoft often does not tell the app.
 */
const mayNeedApproval: readonly FailureCode[] = [
  'admin-approval-needed',
  'permission-missing',
  'consent-declined',
  'consent-timed-out',
]

/** A failure in words. */
export const explainFailure = (
  messages: Messages,
  code: FailureCode,
  situation: Situation,
  { details = {}, adminConsentLink }: { details?: FailureDetails; adminConsentLink?: string } = {},
): Explanation => {
  const { retryAt } = details
  const link = mayNeedApproval.includes(code) ? adminConsentLink : undefined
  return {
    ...messages.failures[code]({ ...situation, ...(retryAt !== undefined && { retryAt }) }),
    kept: kept(messages, situation),
    administrator: messages.forAdministrator(details, link),
  }
}

/** A refusal in words. */
export const explainRefusal = (messages: Messages, code: RefusalCode, situation: Situation): Explanation => ({
  ...messages.refusals[code](situation),
  kept: null,
  administrator: null,
})

/** A cancelled attempt in words. */
export const explainCancelled = (messages: Messages, situation: Situation): Explanation => ({
  ...messages.cancelled(situation),
  kept: kept(messages, situation),
  administrator: null,
})

/** An attempt that a sign-out ended, in words. */
export const explainSignedOut = (messages: Messages, situation: Situation): Explanation => ({
  ...messages.signedOut(situation),
  kept: null,
  administrator: null,
})

const kept = (messages: Messages, { onDevice, updatedAt }: Situation): string | null =>
  onDevice ? messages.kept(onDevice, updatedAt) : null
