import type { AuthenticationResult } from '@azure/msal-node'
import { ImportFailure } from '../../../domain/failures.ts'
import type { BrowserOpener } from '../../../ports/browser-opener.ts'
import type { ReportAnswer, SignInContext, SignInRequest } from '../../../ports/sign-in.ts'
import type { NetworkEvents } from '../../http/connection/network-wait.ts'
import { startConsentTimeout } from '../../sign-in/consent-timeout.ts'
import { failureOfAnswer } from '../../sign-in/errors.ts'
import { issuerKnownToMsal, type MsalClients } from './entra/msal-client.ts'
import { persistentNetwork } from './entra/outages/persistent-network.ts'
import {
  announcedIssuer,
  type AnnouncedIssuer,
  isFromIssuer,
} from '../../sign-in/authority/response-issuer.ts'
import { serviceAddress } from '../../sign-in/authority/service-address.ts'
import { leadBrowser } from '../../sign-in/redirect/lead-browser.ts'
import type { LoopbackRedirects } from '../../sign-in/redirect/loopback-redirects.ts'
import { receiveAnswer } from '../../sign-in/receive-answer.ts'

export interface AuthorizationCodeFlowOptions {
  readonly clients: MsalClients
  readonly receiver: LoopbackRedirects
  readonly scopes: readonly string[]
  readonly openBrowser: BrowserOpener
  /** How long the user may take, in ms. */
  readonly consentTimeout: number
  /** For one request to the authority, in ms. */
  readonly timeLimit: number
  /** How long an outage of the authority may last once the user has agreed, in ms. */
  readonly outageTimeout: number
  /** Ends waits for the network early. */
  readonly network: NetworkEvents | null
  now(): Date
  /** Called with the tokens (MSAL's serialised cache). Reports the consent, then keeps or drops them. */
  granted(result: AuthenticationResult, tokens: string, context: SignInContext): Promise<ReportAnswer>
}

/**
 * Lets the user sign in and consent in a browser tab (authorization code with PKCE, RFC 7636).
 *
 * Resolves when the consent is recorded or the attempt is over; throws an `ImportFailure` otherwise. The tab gets an
 * answer even if it redirects after a cancel or the time limit, but its code is not redeemed then. Each attempt has
 * its own client in memory, so its tokens are gone unless they are kept.
 */
export const authorizationCodeFlow = async (
  request: SignInRequest,
  context: SignInContext,
  loginHint: string | undefined,
  options: AuthorizationCodeFlowOptions,
): Promise<void> => {
  const correlationId = crypto.randomUUID()
  const { CryptoProvider } = await import('@azure/msal-node')
  const { signal } = context
  const network = persistentNetwork({
    patience: options.outageTimeout,
    signal,
    network: options.network,
    onWaiting: (waiting) => {
      if (!signal.aborted) context.progress({ waiting })
    },
  })
  let announced: AnnouncedIssuer | null = null
  const client = await options.clients({
    timeLimit: options.timeLimit,
    signal,
    network: network.through,
    onMetadata: (metadata) => (announced = announcedIssuer(metadata)),
  })
  const { verifier, challenge } = await new CryptoProvider().generatePkceCodes()

  const redeem = async (answer: URLSearchParams): Promise<ReportAnswer> => {
    const code = answer.get('code')
    if (code === null) throw failureOfAnswer(answer, correlationId)
    const clientInfo = answer.get('client_info') ?? ''
    const result = await client.acquireTokenByCode({ ...common, code, codeVerifier: verifier, clientInfo })
    return options.granted(result, client.getTokenCache().serialize(), context)
  }

  const answered = (answer: URLSearchParams) =>
    receiveAnswer({
      context,
      wait,
      redeem: () => redeem(answer),
      failureOf: (error) => network.failureOf(error),
    })

  // Twice the time, so that a user who is just too late is told.
  const lifetime = 2 * options.consentTimeout
  const late = () => wait.late ?? 'cancelled'
  const isGenuine = (answer: URLSearchParams) => isFromIssuer(answer, announced ?? issuerKnownToMsal(client))
  const tab = await options.receiver.expect({ attempt: request.attempt, lifetime, isGenuine, answered, late })
  const until = new Date(options.now().getTime() + options.consentTimeout)
  const wait = startConsentTimeout(context.signal, options.consentTimeout)
  const common = {
    scopes: [...options.scopes],
    redirectUri: tab.redirectUri,
    nonce: crypto.randomUUID(),
    correlationId,
  }
  try {
    const made = await client
      .getAuthCodeUrl({
        ...common,
        state: tab.state,
        codeChallenge: challenge,
        codeChallengeMethod: 'S256',
        // The code must not be part of an address, which browsers keep in their history.
        responseMode: 'form_post',
        ...(loginHint === undefined ? { prompt: 'select_account' } : { loginHint }),
      })
      .catch((error: unknown) => {
        throw network.failureOf(error)
      })
    const address = serviceAddress(made)
    if (address === null) throw new ImportFailure('app-misconfigured')
    leadBrowser(address, { tab, wait, until, context, openBrowser: options.openBrowser })
    await wait.ended
  } finally {
    wait.end()
    tab.release()
  }
}
