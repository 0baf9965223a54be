import type { ImportFailure } from '../../domain/failures.ts'
import type { ReportAnswer, SignInContext } from '../../ports/sign-in.ts'
import type { ConsentTimeout } from './consent-timeout.ts'
import type { RedirectOutcome } from './redirect/outcomes.ts'

export interface AnswerOptions {
  readonly context: SignInContext
  readonly wait: ConsentTimeout
  /** Called only if the core still accepts an answer. Resolves to what the core said about the consent. */
  readonly redeem: () => Promise<ReportAnswer>
  /** Explains what `redeem` threw. */
  readonly failureOf: (thrown: unknown) => ImportFailure
}

/**
 * Handles the answer in a sign-in tab: asks the core whether it is in time, redeems the code and ends the wait. Resolves to
 * the outcome to show in the tab. The code of a late answer is not redeemed.
 */
export const receiveAnswer = async ({
  context,
  wait,
  redeem,
  failureOf,
}: AnswerOptions): Promise<RedirectOutcome> => {
  let failure: ImportFailure | undefined
  try {
    const refusal = refusalOf(await context.report({ type: 'sign-in.answered' }))
    const late = wait.late ?? refusal
    if (late !== null) return late
    wait.stopTimer()
    return refusalOf(await redeem()) ?? 'granted'
  } catch (error) {
    failure = failureOf(error)
    // The core's `different-account` is about the contacts on this device.
    return wait.late ?? (failure.code === 'different-account' ? 'account-refused' : failure.code)
  } finally {
    wait.end(failure)
  }
}

const refusalOf = (answer: ReportAnswer): RedirectOutcome | null =>
  answer.accepted ? null : answer.reason === 'attempt-over' ? 'cancelled' : answer.reason
