import { randomBytes } from 'node:crypto'
import type { BrowserContext, Page } from 'playwright-core'
import type { MicrosoftBrowserSignInOptions } from '../../src/adapters/microsoft365/sign-in/microsoft-sign-in.browser.ts'
import { ImportFailure } from '../../src/domain/failures.ts'
import type { FailureCode } from '../../src/domain/failures.ts'
import type { SignInReport } from '../../src/domain/reports.ts'
import type { AccessTokens } from '../../src/ports/access-token.ts'
import type { SignIn, SignInContext, SignInProgress } from '../../src/ports/sign-in.ts'
import { signInCore } from '../../src/testing/contracts/sign-in-core.ts'
import type { AppPage } from './app.page.ts'
import type { Site } from './site.ts'

/** In a page; `page` is what its script has made. */
declare const page: AppPage

export type PageOptions = Omit<
  MicrosoftBrowserSignInOptions,
  'tokenStore' | 'keys' | 'fetch' | 'now' | 'network'
>

/** An app in tabs of a real browser, and its sign-in as if it were here. */
export interface BrowserApp {
  readonly tab: Page
  readonly signIn: SignIn & AccessTokens
  /** Opens a tab for the sign-in as a click does. Resolves to it; null if the browser blocked it. */
  click(): Promise<Page | null>
  /** The app again, after its tab was loaded again. */
  reload(): Promise<void>
  /** The same after the tab came back to it by itself. */
  makeAgain(): Promise<void>
}

type Settled<T> =
  { readonly value: T } | { readonly failure: { readonly code: string; readonly details: object } }

const valueOf = <T>(settled: Settled<T>): T => {
  if ('value' in settled) return settled.value
  throw new ImportFailure(settled.failure.code as FailureCode, settled.failure.details)
}

/** A browser profile whose pages reach the test in place of the core and of a key vault. */
export const appContext = async (context: BrowserContext) => {
  const contexts = new Map<string, SignInContext>()
  const keys = new Map<string, number[]>()
  const known = (attempt: string): SignInContext => {
    const found = contexts.get(attempt)
    if (found === undefined) throw new Error('no such attempt')
    return found
  }
  await context.exposeFunction('coreReport', (attempt: string, report: SignInReport) =>
    known(attempt).report(report),
  )
  await context.exposeFunction(
    'coreProgress',
    (attempt: string, { untilTime, ...progress }: SignInProgress & { readonly untilTime?: number }) =>
      known(attempt).progress({
        ...progress,
        ...(untilTime !== undefined && { until: new Date(untilTime) }),
      }),
  )
  await context.exposeFunction('coreKey', (call: 'obtain' | 'load' | 'destroy', name: string) => {
    if (call === 'destroy') keys.delete(name)
    if (call === 'obtain' && !keys.has(name)) keys.set(name, [...randomBytes(32)])
    return keys.get(name) ?? null
  })
  return {
    keys,
    /** Opens the app in a new tab. */
    open: async (site: Site, options: PageOptions): Promise<BrowserApp> => {
      const tab = await context.newPage()
      const make = async () => {
        await tab.waitForFunction(() => 'page' in globalThis)
        await tab.evaluate((made) => page.make(made), options)
      }
      const load = async () => {
        await tab.goto(site.app)
        await make()
      }
      await load()
      return {
        tab,
        signIn: remoteSignIn(tab, contexts),
        click: () => clicked(tab),
        reload: load,
        makeAgain: make,
      }
    },
  }
}

const clicked = async (tab: Page): Promise<Page | null> => {
  const opened = tab.context().waitForEvent('page')
  // A test that expects no tab does not wait for one.
  opened.catch(() => undefined)
  const isBlocked = await tab.evaluate(() => page.openTab())
  return isBlocked ? null : opened
}

const remoteSignIn = (tab: Page, contexts: Map<string, SignInContext>): SignIn & AccessTokens => ({
  signIn: async (request, context) => {
    contexts.set(request.attempt, context)
    if (context.signal.aborted) return
    const cancel = () => {
      tab.evaluate((attempt) => page.cancel(attempt), request.attempt).catch(() => undefined)
    }
    context.signal.addEventListener('abort', cancel)
    valueOf(await tab.evaluate((asked) => page.signIn(asked), request))
  },
  accessToken: async ({ refused, claims }) =>
    valueOf(
      await tab.evaluate((asked) => page.accessToken(asked.refused, asked.claims), { refused, claims }),
    ),
  hasTokens: () => tab.evaluate(() => page.hasTokens()),
  accessUntil: async () => {
    const until = await tab.evaluate(() => page.accessUntil())
    return until === null ? null : new Date(until)
  },
  signOut: async () => valueOf(await tab.evaluate(() => page.signOut())),
  close: () => tab.evaluate(() => page.close()),
})

/** A sign-in that begins with a click: the tab opens first. */
export const begin = async (app: BrowserApp) => {
  const core = signInCore()
  const tab = opened(await app.click())
  const failure = app.signIn.signIn({ attempt: crypto.randomUUID() }, core.context).then(
    () => null,
    (error: unknown) => error,
  )
  return { core, failure, tab }
}

export const opened = (tab: Page | null): Page => {
  if (tab === null) throw new Error('the browser opened no tab')
  return tab
}
