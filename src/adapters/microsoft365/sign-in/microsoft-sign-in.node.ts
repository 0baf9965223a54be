import { setMaxListeners } from 'node:events'
import type { AuthenticationResult } from '@azure/msal-node'
import { ImportFailure, isImportFailure } from '../../../domain/failures.ts'
import type { Account } from '../../../domain/reports.ts'
import type { AccessTokens } from '../../../ports/access-token.ts'
import type { BrowserOpener } from '../../../ports/browser-opener.ts'
import type { KeyVault } from '../../../ports/key-vault.ts'
import type { RunLocks } from '../../../ports/run-lock.ts'
import type { ReportAnswer, SignIn, SignInContext, SignInRequest } from '../../../ports/sign-in.ts'
import { saysNothingOfAccess } from '../../http/connection/connection-failure.ts'
import type { NetworkEvents } from '../../http/connection/network-wait.ts'
import { refuseUntrusted } from '../../files/owners.ts'
import { realPath } from '../../files/real-path.ts'
import { loopbackRedirects } from '../../sign-in/redirect/loopback-redirects.ts'
import { signOutOf, tellWhereTokensAre } from '../../sign-in/tokens/erase-tokens.ts'
import { consentRecorder, untilOver } from '../../sign-in/consent-recorder.ts'
import { isClaim } from '../../sign-in/authority/claims.ts'
import { accountOf } from './entra/claims.ts'
import { type MsalClientOptions, msalClients } from './entra/msal-client.ts'
import { deviceCodeFlow } from './device-code-flow.ts'
import { failureOfRedeeming } from '../../sign-in/errors.ts'
import { coverContacts, scopesFor } from './entra/scopes.ts'
import { authorizationCodeFlow } from './authorization-code-flow.ts'
import { tokenCache } from '../../sign-in/tokens/token-cache.ts'
import { silentTokens } from './tokens/silent-tokens.ts'
import { trustedTokenCache } from '../../sign-in/tokens/trusted-token-cache.ts'

/** The app registration, where tokens are kept, and how the user signs in. */
export interface MicrosoftSignInOptions extends MsalClientOptions {
  /** The Graph for which tokens are requested; national clouds have their own. Default: the worldwide one. */
  readonly graphUrl?: string
  /** Default: reading contacts at `graphUrl`. */
  readonly scopes?: readonly string[]
  /**
   * The file that keeps tokens between runs; null to keep none. Each store needs its own: opening a store without a
   * linked account removes the tokens.
   */
  readonly tokenFile: string | null
  /** Keeps the key that encrypts the token file. If null or absent, only the file's mode protects it. */
  readonly keys?: KeyVault | null
  /** The name of that key, another one for each token file. Default: `tokens`. */
  readonly keyName?: string
  /** Locks that all processes with this token file share. If null or absent, no other process may use the file. */
  readonly tokenLocks?: RunLocks | null
  readonly openBrowser: BrowserOpener
  /** Lets the user sign in with a code on another device instead of a browser here. Many tenants forbid it. */
  readonly deviceCode?: boolean
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

/**
 * Signs in at Microsoft from a program on this machine, in the user's own browser (RFC 8252).
 *
 * The tokens of a sign-in are used once the core accepts it: until then they are in memory only, and `accessToken`
 * waits. Throws an `ImportFailure` as `realPath` does for the token file.
 */
export const microsoftSignIn = (options: MicrosoftSignInOptions): SignIn & AccessTokens => {
  const { openBrowser, consentTimeout = 15 * 60_000, silentTimeout: timeLimit = 20_000 } = options
  const scopes = options.scopes ?? scopesFor(options.graphUrl ?? 'https://graph.microsoft.com')
  const clients = msalClients(options)
  const tokenFile = options.tokenFile === null ? null : realPath(options.tokenFile)
  const kept = tokenCache(tokenFile, options.keys, options.keyName, { locks: options.tokenLocks ?? null })
  const cache = trustedTokenCache(kept, tokenFile)
  const renewal = silentTokens({ clients, cache, scopes, timeLimit, network: options.network ?? null })
  const receiver = loopbackRedirects(options.appName ?? 'device-contacts')
  const closing = new AbortController()
  const recorder = consentRecorder(coverContacts)

  const granted = async (
    result: AuthenticationResult,
    tokens: string,
    context: SignInContext,
  ): Promise<ReportAnswer> =>
    recorder.record(
      {
        account: accountOfResult(result),
        scopes: result.scopes,
        keep: () => cache.replace(tokens),
      },
      context,
    )

  /** The existing access if it is still valid; null if it was refused: a tab then shows why and lets the user fix it. */
  const renewed = async (context: SignInContext): Promise<AuthenticationResult | null> => {
    try {
      const result = await renewal.renew(context.signal)
      return coverContacts(result.scopes) ? result : null
    } catch (error) {
      if (isImportFailure(error) && saysNothingOfAccess(error)) throw error
      return null
    }
  }

  const signIn = async (request: SignInRequest, context: SignInContext): Promise<void> => {
    // Before the user consents to anything.
    if (tokenFile !== null) refuseUntrusted([tokenFile])
    const known = request.chooseAccount === true ? null : await renewal.account()
    const result = known === null ? null : await renewed(context)
    if (context.signal.aborted) return
    if (result !== null) {
      await context.report({ type: 'consent.granted', account: accountOfResult(result) })
      return
    }
    tellWhereTokensAre(cache, context)
    const flow = {
      clients,
      scopes,
      consentTimeout,
      timeLimit,
      outageTimeout: options.outageTimeout ?? 30_000,
      network: options.network ?? null,
      granted,
      now: () => options.now?.() ?? new Date(),
    }
    if (options.deviceCode === true) await deviceCodeFlow(context, { ...flow, closing: closing.signal })
    else await authorizationCodeFlow(request, context, known?.username, { ...flow, receiver, openBrowser })
  }

  return {
    signIn: (request, context) =>
      untilOver(() => signIn(request, context), context.signal, failureOfRedeeming),
    accessToken: (request) => {
      // All requests of an import may wait for a token at once, and each one listens to the attempt's signal.
      setMaxListeners(0, request.signal)
      return renewal.accessToken(request, recorder.recorded)
    },
    hasTokens: () => cache.holdsAnything(),
    isKept: () => cache.isKept(),
    signOut: signOutOf(cache, () => {
      recorder.signedOut()
      renewal.forget()
    }),
    redirectSockets: () => receiver.sockets(),
    handOver: () => receiver.handOver(),
    close: () => {
      closing.abort()
      return receiver.close()
    },
  }
}

/**
 * MSAL finds an id even if the claims have none (an OpenID provider that is not Entra). Throws `bad-answer` if there
 * is none.
 */
const accountOfResult = ({ account, idTokenClaims, tenantId, uniqueId }: AuthenticationResult): Account => {
  const claimed = accountOf(idTokenClaims)
  const id = claimed.id ?? `${tenantId}.${uniqueId}`
  if (!isClaim(id) || !isClaim(uniqueId)) throw new ImportFailure('bad-answer')
  return {
    ...claimed,
    id,
    ...(claimed.username === undefined && isClaim(account?.username) && { username: account.username }),
  }
}
