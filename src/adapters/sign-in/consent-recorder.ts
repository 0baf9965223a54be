import { ImportFailure } from '../../domain/failures.ts'
import type { Account } from '../../domain/reports.ts'
import type { ReportAnswer, SignInContext } from '../../ports/sign-in.ts'

/** What a redeemed code gave. */
export interface Consent {
  readonly account: Account
  readonly scopes: readonly string[]
  /** Keeps the tokens, once the core has accepted the consent. */
  readonly keep: () => Promise<void>
}

/** Reports consents and keeps their tokens, so that a sign-out takes precedence and no request for a token comes too early. */
export interface ConsentRecorder {
  /** Throws `permission-missing` if the consent does not cover contacts. */
  record(consent: Consent, context: SignInContext): Promise<ReportAnswer>
  /** Settles when the tokens of the last accepted consent are kept. Never rejects. */
  readonly recorded: Promise<unknown>
  /** The tokens of a consent that is being recorded are not kept. */
  signedOut(): void
}

/** @param coversContacts whether granted scopes include reading contacts */
export const consentRecorder = (coversContacts: (scopes: readonly string[]) => boolean): ConsentRecorder => {
  let signOuts = 0
  let recorded: Promise<unknown> = Promise.resolve()
  return {
    record: async ({ account, scopes, keep }, context) => {
      if (!coversContacts(scopes)) throw new ImportFailure('permission-missing')
      const before = signOuts
      const report = async (): Promise<ReportAnswer> => {
        const answer = await context.report({ type: 'consent.granted', account })
        if (answer.accepted && signOuts === before) await keep()
        return answer
      }
      // Deferred, so that `recorded` is set before the core may ask for a token.
      const answer = Promise.resolve().then(report)
      recorded = answer.catch(() => undefined)
      return answer
    },
    get recorded() {
      return recorded
    },
    signedOut: () => {
      signOuts++
    },
  }
}

/**
 * Settles as `work` does, or resolves as soon as `signal` aborts: the attempt is then over, and nothing that happens to the
 * work is its failure any more.
 *
 * @param failureOf the failure that explains what the work threw
 */
export const untilOver = async (
  work: () => Promise<void>,
  signal: AbortSignal,
  failureOf: (thrown: unknown) => ImportFailure,
): Promise<void> => {
  if (signal.aborted) return
  let stop = (): void => undefined
  const aborted = new Promise<void>((resolve) => {
    stop = resolve
    signal.addEventListener('abort', stop)
  })
  const done = work().catch((error: unknown) => {
    if (!signal.aborted) throw failureOf(error)
  })
  await Promise.race([done, aborted]).finally(() => signal.removeEventListener('abort', stop))
}
