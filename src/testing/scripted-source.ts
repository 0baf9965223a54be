import { ImportFailure } from '../domain/failures.ts'
import type { FailureCode, FailureDetails } from '../domain/failures.ts'
import type { Account, SourceReport } from '../domain/reports.ts'
import type { Source } from '../domain/source.ts'
import type { ContactSource, FetchContext, FetchRequest } from '../ports/contact-source.ts'
import type { LinkedSource } from '../ports/linked-source.ts'
import type { ReportAnswer, SignInContext, SignInRequest } from '../ports/sign-in.ts'
import { Arrivals } from './arrivals.ts'

/** A person at a sign-in page, played by the test. Its methods also work when the attempt is over. */
export class ScriptedSignIn {
  readonly request: SignInRequest
  readonly context: SignInContext
  readonly ended: Promise<void>
  #end: () => void = () => undefined
  #fail: (error: unknown) => void = () => undefined

  constructor(request: SignInRequest, context: SignInContext) {
    this.request = request
    this.context = context
    this.ended = new Promise((resolve, reject) => {
      this.#end = resolve
      this.#fail = reject
    })
    context.signal.addEventListener('abort', this.#end, { once: true })
  }

  /** The person agrees. Resolves to the core's answer. */
  async grant(
    account: Account = { id: 'tenant.person', username: 'person@example.test' },
  ): Promise<ReportAnswer> {
    const isWanted = await this.context.report({ type: 'sign-in.answered' })
    const answer = isWanted.accepted
      ? await this.context.report({ type: 'consent.granted', account })
      : isWanted
    this.#end()
    return answer
  }

  fail(code: FailureCode, details: FailureDetails = {}): void {
    this.#fail(new ImportFailure(code, details))
  }
}

/** A service that lists contacts, played by the test. */
export class ScriptedFetch {
  readonly request: FetchRequest
  readonly context: FetchContext
  readonly #steps = new Arrivals<{
    readonly report?: SourceReport
    readonly error?: unknown
    readonly taken: () => void
  }>()

  constructor(request: FetchRequest, context: FetchContext) {
    this.request = request
    this.context = context
  }

  /** Resolves when the core has recorded the report and asks for more, or has stopped the fetch. */
  emit(report: SourceReport): Promise<void> {
    return new Promise((taken) => this.#steps.add({ report, taken }))
  }

  fail(code: FailureCode, details: FailureDetails = {}): Promise<void> {
    return new Promise((taken) => this.#steps.add({ error: new ImportFailure(code, details), taken }))
  }

  async *reports(): AsyncGenerator<SourceReport> {
    for (;;) {
      const { report, error, taken } = await this.#steps.next(this.context.signal)
      try {
        if (!report) throw error
        yield report
      } finally {
        taken()
      }
      if (report.type === 'listing.finished') return
    }
  }
}

/** A source that the test controls step by step. */
export class ScriptedSource implements LinkedSource {
  readonly source: Source
  readonly signIns = new Arrivals<ScriptedSignIn>()
  readonly fetches = new Arrivals<ScriptedFetch>()
  /** Number of times that tokens were removed. */
  signOuts = 0
  /** Whether it reports that tokens are left. A sign-out does not change this. */
  keepsTokens = false

  readonly contacts: ContactSource

  constructor(source: Source = 'microsoft365') {
    this.source = source
    this.contacts = {
      source,
      fetch: (request: FetchRequest, context: FetchContext): AsyncIterable<SourceReport> => {
        const service = new ScriptedFetch(request, context)
        this.fetches.add(service)
        return service.reports()
      },
    }
  }

  readonly signIn = {
    signIn: (request: SignInRequest, context: SignInContext): Promise<void> => {
      const person = new ScriptedSignIn(request, context)
      this.signIns.add(person)
      return person.ended
    },
    hasTokens: async (): Promise<boolean> => this.keepsTokens,
    signOut: async (isWanted?: () => Promise<boolean>): Promise<void> => {
      if (!isWanted || (await isWanted())) this.signOuts++
    },
    close: async (): Promise<void> => undefined,
  }
}
