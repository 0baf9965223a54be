import type { SignInReport } from '../../domain/reports.ts'
import type { ReportAnswer, SignInContext, SignInProgress } from '../../ports/sign-in.ts'

/** A stand-in for the core in tests of sign-ins: records reports and progress, and answers as configured. */
export interface SignInCore {
  readonly context: SignInContext
  readonly reports: SignInReport[]
  readonly progress: SignInProgress[]
  /** The answers to reports by type. Accepted by default. */
  readonly answers: Partial<Record<SignInReport['type'], () => ReportAnswer | Promise<ReportAnswer>>>
  /** Ends the attempt, as a cancel does: later reports are ignored. */
  readonly cancel: () => void
  /** Resolves to the address of the sign-in page, as soon as there is one. */
  readonly address: Promise<string>
}

export const signInCore = (): SignInCore => {
  const abort = new AbortController()
  let shown: (address: string) => void = () => undefined
  const core: SignInCore = {
    reports: [],
    progress: [],
    answers: {},
    address: new Promise((resolve) => (shown = resolve)),
    context: {
      signal: abort.signal,
      progress: (progress) => {
        core.progress.push(progress)
        if (progress.address !== undefined) shown(progress.address)
      },
      report: async (report) => {
        core.reports.push(report)
        if (abort.signal.aborted) return { accepted: false, reason: 'attempt-over' }
        return (await core.answers[report.type]?.()) ?? { accepted: true }
      },
    },
    cancel: () => abort.abort(),
  }
  return core
}
