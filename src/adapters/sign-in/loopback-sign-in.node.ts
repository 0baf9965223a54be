import { setMaxListeners } from 'node:events'
import { ImportFailure, isImportFailure } from '../../domain/failures.ts'
import type { Account } from '../../domain/reports.ts'
import type { AccessTokens } from '../../ports/access-token.ts'
import type { BrowserOpener } from '../../ports/browser-opener.ts'
import type { KeyVault } from '../../ports/key-vault.ts'
import type { RunLocks } from '../../ports/run-lock.ts'
import type { ReportAnswer, SignIn, SignInContext, SignInRequest } from '../../ports/sign-in.ts'
import { refuseUntrusted } from '../files/owners.ts'
import { realPath } from '../files/real-path.ts'
import { saysNothingOfAccess } from '../http/connection/connection-failure.ts'
import type { NetworkEvents } from '../http/connection/network-wait.ts'
import { signOutOf, tellWhereTokensAre } from './tokens/erase-tokens.ts'
import { consentRecorder, untilOver } from './consent-recorder.ts'
import { failureOfRedeeming } from './errors.ts'
import type { GrantedTokens, OAuthClient } from './authority/oauth-client.ts'
import { loopbackCodeFlow } from './redirect/loopback-code-flow.ts'
import { loopbackRedirects } from './redirect/loopback-redirects.ts'
import { fileTokenKeeper } from './tokens/file-token-keeper.ts'
import { oauthTokens } from './tokens/oauth-tokens.ts'
import { tokenCache } from './tokens/token-cache.ts'
import { trustedTokenCache } from './tokens/trusted-token-cache.ts'

/** Where tokens are kept, and how long things may take. */
export interface LoopbackSignInOptions {
  /**
   * The file that keeps tokens between runs; null to keep none. Each store and each source needs its own: opening a store
   * without a linked account removes the tokens.
   */
  readonly tokenFile: string | null
  /** Keeps the key that encrypts the token file. If null or absent, only the file's mode protects it. */
  readonly keys?: KeyVault | null
  /** The name of that key, another one for each token file. Default: `tokens`. */
  readonly keyName?: string
  /** Locks that all processes with this token file share. If null or absent, no other process may use the file. */
  readonly tokenLocks?: RunLocks | null
  readonly openBrowser: BrowserOpener
  /** Shown in the tab. Default: device-contacts. */
  readonly appName?: string
  /** How long the user may take in the tab, in ms. Default: 15 minutes. */
  readonly consentTimeout?: number
  /** How long getting a token silently may take, in ms. Default: 20 seconds. */
  readonly silentTimeout?: number
  /** How long an outage of the authority may last once the user has agreed, in ms. Default: 30 seconds. */
  readonly outageTimeout?: number
  /** Ends waits for the network early. Default: null, so that they last as long as planned. */
  readonly network?: NetworkEvents | null
  now?(): Date
}

/** Where people sign in, and what their consent has to cover. */
export interface LoopbackAuthority {
  /** @param timeLimit for one request, in ms */
  readonly client: (timeLimit: number, signal: AbortSignal) => Promise<OAuthClient>
  /** Whether granted scopes include reading contacts. */
  readonly coversContacts: (scopes: readonly string[]) => boolean
}

/**
 * Signs in from a program on this machine, in the user's own browser (RFC 8252), with an OAuth client.
 *
 * The tokens of a sign-in are used once the core accepts it: until then they are in memory only, and `accessToken` waits. The access
 * token is never written. Throws an `ImportFailure` as `realPath` does for the token file.
 */
export const loopbackSignIn = (
  { client: clientOf, coversContacts }: LoopbackAuthority,
  options: LoopbackSignInOptions,
): SignIn & AccessTokens => {
  const { openBrowser, consentTimeout = 15 * 60_000, silentTimeout: timeLimit = 20_000 } = options
  const { network = null, outageTimeout = 30_000 } = options
  const now = () => options.now?.() ?? new Date()
  const tokenFile = options.tokenFile === null ? null : realPath(options.tokenFile)
  const kept = tokenCache(tokenFile, options.keys, options.keyName, { locks: options.tokenLocks ?? null })
  const cache = trustedTokenCache(kept, tokenFile)
  const receiver = loopbackRedirects(options.appName ?? 'device-contacts')
  const recorder = consentRecorder(coversContacts)
  let known: OAuthClient | null = null
  const client = async (signal: AbortSignal): Promise<OAuthClient> =>
    (known ??= await clientOf(timeLimit, signal))
  const tokens = oauthTokens({
    ...{ client, coversContacts, timeLimit, network },
    keeper: fileTokenKeeper(cache),
    // Refresh tokens of programs may be used by several processes at a time.
    alone: (_signal, work) => work(),
    now: () => now().getTime(),
  })

  const granted = async (given: GrantedTokens, context: SignInContext): Promise<ReportAnswer> => {
    const { account } = given
    if (account === null) throw new ImportFailure('bad-answer')
    return recorder.record(
      { account, scopes: given.scopes, keep: () => tokens.keep(given, account) },
      context,
    )
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

  const signIn = async (request: SignInRequest, context: SignInContext): Promise<void> => {
    // Before the user consents to anything.
    if (tokenFile !== null) refuseUntrusted([tokenFile])
    const last = request.chooseAccount === true ? null : await tokens.kept()
    const account = last === null ? null : await renewed(context)
    if (context.signal.aborted) return
    if (account !== null) {
      await context.report({ type: 'consent.granted', account })
      return
    }
    tellWhereTokensAre(cache, context)
    await loopbackCodeFlow(request, context, last?.account.username, {
      ...{ client, receiver, openBrowser, consentTimeout, outageTimeout, network, now, granted },
    })
  }

  return {
    signIn: (request, context) =>
      untilOver(() => signIn(request, context), context.signal, failureOfRedeeming),
    accessToken: (request) => {
      // All requests of an import may wait for a token at once, and each one listens to the attempt's signal.
      setMaxListeners(0, request.signal)
      return tokens.accessToken(request, recorder.recorded)
    },
    hasTokens: () => cache.holdsAnything(),
    isKept: () => cache.isKept(),
    signOut: signOutOf(cache, () => {
      recorder.signedOut()
      tokens.forget()
    }),
    redirectSockets: () => receiver.sockets(),
    handOver: () => receiver.handOver(),
    close: () => receiver.close(),
  }
}
