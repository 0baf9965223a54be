import type { BrowserOpener } from '../../../ports/browser-opener.ts'
import type { ReportAnswer, SignInContext, SignInRequest } from '../../../ports/sign-in.ts'
import type { NetworkEvents } from '../../http/connection/network-wait.ts'
import { startConsentTimeout } from '../consent-timeout.ts'
import { failureOfAnswer, failureOfRedeeming } from '../errors.ts'
import { type GrantedTokens, newSecrets, type OAuthClient } from '../authority/oauth-client.ts'
import { PATIENCE_BEFORE_CONSENT } from '../persistence.ts'
import { receiveAnswer } from '../receive-answer.ts'
import { isFromIssuer } from '../authority/response-issuer.ts'
import { throughOutages } from '../through-outages.ts'
import { leadBrowser } from './lead-browser.ts'
import type { LoopbackRedirects } from './loopback-redirects.ts'

export interface LoopbackCodeFlowOptions {
  readonly client: (signal: AbortSignal) => Promise<OAuthClient>
  readonly receiver: LoopbackRedirects
  readonly openBrowser: BrowserOpener
  /** How long the user may take, in ms. */
  readonly consentTimeout: number
  /** How long an outage of the authority may last once the user has agreed, in ms. */
  readonly outageTimeout: number
  /** Ends waits for the network early. */
  readonly network: NetworkEvents | null
  now(): Date
  /** Called with the tokens. Reports the consent, then keeps or drops them. */
  granted(tokens: GrantedTokens, context: SignInContext): Promise<ReportAnswer>
}

/**
 * Lets the user sign in and consent in a tab of the system's browser, which comes back to this machine (RFC 8252, with PKCE).
 *
 * Resolves when the consent is recorded or the attempt is over; throws an `ImportFailure` otherwise. The tab gets an answer even if
 * it redirects after a cancel or the time limit, but its code is not redeemed then.
 */
export const loopbackCodeFlow = async (
  { attempt }: SignInRequest,
  context: SignInContext,
  loginHint: string | undefined,
  options: LoopbackCodeFlowOptions,
): Promise<void> => {
  const { signal } = context
  const { network, outageTimeout } = options
  const client = await throughOutages(context, { patience: PATIENCE_BEFORE_CONSENT, network }, () =>
    options.client(signal),
  )
  const secrets = newSecrets()
  const redeem = async (answer: URLSearchParams): Promise<ReportAnswer> => {
    if (answer.get('code') === null) throw failureOfAnswer(answer, '')
    // The redirects of all attempts have states of their own.
    const own = { ...secrets, state: tab.state }
    const tokens = await throughOutages(context, { patience: outageTimeout, network }, () =>
      client.redeem(answer, own, tab.redirectUri, signal),
    )
    return options.granted(tokens, context)
  }
  const tab = await options.receiver.expect({
    attempt,
    // Twice the time, so that a user who is just too late is told.
    lifetime: 2 * options.consentTimeout,
    isGenuine: (answer) => isFromIssuer(answer, client.announced),
    answered: (answer) =>
      receiveAnswer({ context, wait, redeem: () => redeem(answer), failureOf: failureOfRedeeming }),
    late: () => wait.late ?? 'cancelled',
  })
  const until = new Date(options.now().getTime() + options.consentTimeout)
  const wait = startConsentTimeout(signal, options.consentTimeout)
  try {
    const address = await client.address(
      { ...secrets, state: tab.state },
      loginHint === undefined ? { prompt: 'select_account' } : { loginHint },
      tab.redirectUri,
    )
    leadBrowser(address, { tab, wait, until, context, openBrowser: options.openBrowser })
    await wait.ended
  } finally {
    wait.end()
    tab.release()
  }
}
