import { ImportFailure, isImportFailure } from '../../../domain/failures.ts'
import type { Account } from '../../../domain/reports.ts'
import type { AccessTokens } from '../../../ports/access-token.ts'
import type { KeyVault } from '../../../ports/key-vault.ts'
import type { ReportAnswer, SignIn, SignInContext, SignInRequest } from '../../../ports/sign-in.ts'
import { saysNothingOfAccess } from '../../http/connection/connection-failure.ts'
import { type NetworkEvents, runtimeNetwork } from '../../http/connection/network-wait.ts'
import { consentRecorder, untilOver } from '../consent-recorder.ts'
import { failureOfRedeeming } from '../errors.ts'
import type { GrantedTokens, OAuthClient } from '../authority/oauth-client.ts'
import { codeFlow, type CodeFlowOptions, finishTrip, type SignInPageOfAttempt } from './code-flow.ts'
import { tokenKeeper } from './token-keeper.ts'
import { erasingFailure } from '../tokens/erasing-failure.ts'
import { oauthTokens } from '../tokens/oauth-tokens.ts'
import { withTabLock } from './tab-lock.ts'
import { beginTrip, takeTrip } from './redirect-trip.ts'
import { type SignInTab, signInTabs } from './sign-in-tabs.ts'
import { tabChannel } from './tab-messages.ts'
import { tabRedirects } from './tab-redirects.ts'
import type { TokenStore } from './token-store.ts'

/** Where tokens are kept, where our page of sign-in tabs is, and how long things may take. */
export interface BrowserSignInOptions {
  /**
   * The address of the page that calls `runSignInPage`, of the app's own origin; relative to the app's. It is the redirect
   * URI of the registration, for the platform "single-page application".
   */
  readonly signInPage: string
  /** Keeps the refresh token between page loads, encrypted. */
  readonly tokenStore: TokenStore
  /** Keeps the key of the refresh token. */
  readonly keys: KeyVault
  /** The name of that key, another one for each token store. Default: `tokens`. */
  readonly keyName?: string
  /** Default: the browser's own. */
  readonly fetch?: typeof fetch
  /** How long the user may take in the tab, in ms. Default: 15 minutes. */
  readonly consentTimeout?: number
  /** How long getting a token silently may take, in ms. Default: 20 seconds. */
  readonly silentTimeout?: number
  /** How long an outage of the authority may last once the user has agreed, in ms. Default: 30 seconds. */
  readonly outageTimeout?: number
  /** Ends waits for the network early. Default: the browser's own. */
  readonly network?: NetworkEvents | null
  /** Milliseconds since 1970. Default: the clock of the device. */
  now?(): number
}

/** Where people sign in, and what their consent has to cover. */
export interface BrowserAuthority {
  /** @param timeLimit for one request, in ms */
  readonly client: (timeLimit: number, signal: AbortSignal) => Promise<OAuthClient>
  /** Whether granted scopes include reading contacts. */
  readonly coversContacts: (scopes: readonly string[]) => boolean
  /** How long renewals work after the person signed in, in ms; null if no end is known. */
  readonly accessLasts: number | null
}

/** A sign-in that came back with the app's own tab. */
export interface ReturnedSignIn {
  /** The attempt of that sign-in. It was `interrupted` when the tab left the app. */
  readonly attempt: string
  /** The next sign-in uses its answer. Otherwise the answer is dropped with this page. */
  use(): void
}

/** A sign-in in tabs, and what a page has to do for it. */
export interface BrowserSignIn extends SignIn, AccessTokens {
  accessUntil(): Promise<Date | null>
  /**
   * Opens a tab for the sign-in that is under way or comes next. Call it in the handler of the click, before anything is
   * awaited: later, the browser would block it.
   */
  openSignInTab(): SignInTab
  /**
   * Leads the app's own tab to the sign-in page, for browsers that block every tab. The app is left: see `returned`. False
   * if no sign-in waits for the person, or the browser forbids storing what the way back needs.
   */
  continueInThisTab(): boolean
  /** The sign-in with which this page came back; null if there is none. */
  readonly returned: ReturnedSignIn | null
}

/**
 * Signs in from a page without a server (authorization code with PKCE, for browser-based apps), in a tab.
 *
 * The access token is in memory only. The refresh token is encrypted.
 */
export const browserSignIn = (authority: BrowserAuthority, options: BrowserSignInOptions): BrowserSignIn => {
  const { coversContacts, accessLasts } = authority
  const { consentTimeout = 15 * 60_000, silentTimeout: timeLimit = 20_000, keyName = 'tokens' } = options
  const network = options.network === undefined ? runtimeNetwork() : options.network
  const now = () => options.now?.() ?? Date.now()
  const page = new URL(options.signInPage, location.href).href
  const channel = tabChannel()
  const tabs = signInTabs({ page, channel })
  const redirects = tabRedirects(channel)
  const recorder = consentRecorder(coversContacts)
  const keeper = tokenKeeper({ store: options.tokenStore, keys: options.keys, keyName })
  const trip = takeTrip(keyName, sessionStorage)
  let isReturned = false
  let current: SignInPageOfAttempt | null = null
  let known: OAuthClient | null = null

  const client = async (signal: AbortSignal): Promise<OAuthClient> =>
    (known ??= await authority.client(timeLimit, signal))
  const tokens = oauthTokens({
    client,
    keeper,
    coversContacts,
    alone: (signal, work) => withTabLock(`device-contacts/${keyName}`, signal, work),
    timeLimit,
    network,
    now,
  })

  const granted = async (given: GrantedTokens, context: SignInContext): Promise<ReportAnswer> => {
    const { account } = given
    if (account === null) throw new ImportFailure('bad-answer')
    const keep = () => tokens.keep(given, account)
    return recorder.record({ account, scopes: given.scopes, keep }, context)
  }

  /** The account whose access is still valid; null if it was refused: a tab then shows why and lets the user fix it. */
  const renewed = async (context: SignInContext): Promise<Account | null> => {
    try {
      const renewal = await tokens.renew(context.signal)
      return renewal.coversContacts ? renewal.account : null
    } catch (error) {
      if (isImportFailure(error) && saysNothingOfAccess(error)) throw error
      return null
    }
  }

  const signIn = async (
    request: SignInRequest,
    context: SignInContext,
    flow: CodeFlowOptions,
  ): Promise<void> => {
    if (isReturned && trip !== null) {
      isReturned = false
      return finishTrip(trip, context, flow)
    }
    const kept = request.chooseAccount === true ? null : await tokens.kept()
    const account = kept === null ? null : await renewed(context)
    if (context.signal.aborted) return
    if (account !== null) {
      await context.report({ type: 'consent.granted', account })
      return
    }
    await codeFlow(request, context, kept?.account.username, flow)
  }

  const run = async (request: SignInRequest, context: SignInContext): Promise<void> => {
    const own = tabs.take()
    const end = (): void => {
      own.end()
      if (current?.attempt === request.attempt) current = null
    }
    context.signal.addEventListener('abort', end)
    const flow = {
      ...{ client, redirectUri: page, redirects, tabs: own, consentTimeout, network, now, granted },
      outageTimeout: options.outageTimeout ?? 30_000,
      onPage: (shown: SignInPageOfAttempt) => (current = shown),
    }
    try {
      await signIn(request, context, flow)
    } finally {
      context.signal.removeEventListener('abort', end)
      end()
    }
  }

  return {
    signIn: (request, context) => untilOver(() => run(request, context), context.signal, failureOfRedeeming),
    accessToken: (request) => tokens.accessToken(request, recorder.recorded),
    accessUntil: async () => {
      await recorder.recorded
      const kept = await tokens.kept()
      return kept === null || accessLasts === null ? null : new Date(kept.signedInAt + accessLasts)
    },
    hasTokens: () => keeper.holdsAnything(),
    isKept: () => keeper.isKept(),
    signOut: async (isWanted) => {
      if (isWanted && !(await isWanted())) return
      recorder.signedOut()
      tokens.forget()
      await keeper.erase().catch((error: unknown) => {
        throw erasingFailure(error)
      })
    },
    openSignInTab: () => tabs.open(),
    continueInThisTab: () => {
      if (current === null) return false
      const { attempt, address, secrets } = current
      try {
        beginTrip({ owner: keyName, attempt, ...secrets, returnTo: location.href }, sessionStorage)
      } catch {
        return false
      }
      location.assign(address)
      return true
    },
    returned:
      trip === null
        ? null
        : {
            attempt: trip.attempt,
            use: () => {
              isReturned = true
            },
          },
    close: async () => {
      tabs.close()
      redirects.close()
    },
  }
}
