/** The script of an app's page: gives tests the parts that a page uses. */
import { webCryptoKey } from '../../src/adapters/keys/web-crypto-key.ts'
import { indexedDbTokens } from '../../src/adapters/sign-in/browser/token-store.ts'
import type { SignInTab } from '../../src/adapters/sign-in/browser/sign-in-tabs.ts'
import type { BrowserSignIn } from '../../src/adapters/sign-in/browser/browser-sign-in.ts'
import {
  microsoftSignIn,
  type MicrosoftBrowserSignInOptions,
} from '../../src/adapters/microsoft365/sign-in/microsoft-sign-in.browser.ts'
import type { SignInReport } from '../../src/domain/reports.ts'
import { isImportFailure } from '../../src/domain/failures.ts'
import type { KeyVault } from '../../src/ports/key-vault.ts'
import type { ReportAnswer, SignInProgress, SignInRequest } from '../../src/ports/sign-in.ts'

/** What the test answers in place of the core. */
interface CoreInTest {
  coreReport(attempt: string, report: SignInReport): Promise<ReportAnswer>
  coreKey(call: 'obtain' | 'load' | 'destroy', name: string): Promise<readonly number[] | null>
  coreProgress(attempt: string, progress: SignInProgress & { readonly untilTime?: number }): Promise<void>
}

const core = globalThis as unknown as CoreInTest

/** Keys that outlive the page. */
const vault: KeyVault = {
  obtain: async (name) => webCryptoKey(Uint8Array.from((await core.coreKey('obtain', name)) ?? [])),
  load: async (name) => {
    const bytes = await core.coreKey('load', name)
    return bytes === null ? null : webCryptoKey(Uint8Array.from(bytes))
  },
  destroy: async (name) => {
    await core.coreKey('destroy', name)
  },
  placeOf: async () => null,
}

const attempts = new Map<string, AbortController>()
let subject: BrowserSignIn | null = null
let tab: SignInTab | null = null

const made = (): BrowserSignIn => {
  if (subject === null) throw new Error('make a sign-in first')
  return subject
}

/** A failure in a form that reaches the test: errors lose their members on the way. */
type Settled<T> =
  | { readonly value: T }
  | { readonly failure: { readonly name: string; readonly code: string; readonly details: object } }

const settled = async <T>(work: Promise<T>): Promise<Settled<T>> => {
  try {
    return { value: await work }
  } catch (error) {
    if (!isImportFailure(error)) throw error
    return { failure: { name: error.name, code: error.code, details: error.details } }
  }
}

const page = {
  make: (options: Omit<MicrosoftBrowserSignInOptions, 'tokenStore' | 'keys'>) => {
    subject = microsoftSignIn({ ...options, tokenStore: indexedDbTokens('tokens'), keys: vault })
  },
  returned: () => made().returned?.attempt ?? null,
  useReturned: () => made().returned?.use(),
  signIn: (request: SignInRequest) => {
    const abort = new AbortController()
    attempts.set(request.attempt, abort)
    return settled(
      made().signIn(request, {
        signal: abort.signal,
        report: (report) => core.coreReport(request.attempt, report),
        progress: (progress) =>
          void core.coreProgress(request.attempt, {
            ...progress,
            ...(progress.until && { untilTime: progress.until.getTime() }),
          }),
      }),
    )
  },
  cancel: (attempt: string) => attempts.get(attempt)?.abort(),
  accessToken: (refused?: string, claims?: string) =>
    settled(
      made().accessToken({
        signal: new AbortController().signal,
        ...(refused !== undefined && { refused }),
        ...(claims !== undefined && { claims }),
      }),
    ),
  accessUntil: async () => (await made().accessUntil())?.getTime() ?? null,
  hasTokens: () => made().hasTokens?.() ?? Promise.resolve(false),
  isKept: () => made().isKept?.() ?? true,
  signOut: () => settled(made().signOut()),
  openTab: () => {
    tab = made().openSignInTab()
    return tab.isBlocked
  },
  closeTab: () => tab?.close(),
  /** What scripts of this origin can read: records of the database as text, and web storage. */
  stored: async () => {
    const record = (await indexedDbTokens('tokens').load()) ?? new Uint8Array()
    const web = JSON.stringify([
      Object.entries(localStorage),
      Object.entries(sessionStorage),
      document.cookie,
    ])
    return { bytes: record.length, text: new TextDecoder('latin1').decode(record) + web }
  },
  continueHere: () => made().continueInThisTab(),
  close: () => made().close(),
}

export type AppPage = typeof page

Object.assign(globalThis, { page })
