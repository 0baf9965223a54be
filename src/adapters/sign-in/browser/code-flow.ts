import { ImportFailure } from '../../../domain/failures.ts'
import type { ReportAnswer, SignInContext, SignInRequest } from '../../../ports/sign-in.ts'
import type { NetworkEvents } from '../../http/connection/network-wait.ts'
import { type ConsentTimeout, startConsentTimeout } from '../consent-timeout.ts'
import { failureOfAnswer, failureOfRedeeming } from '../errors.ts'
import { PATIENCE_BEFORE_CONSENT } from '../persistence.ts'
import { isFromIssuer } from '../authority/response-issuer.ts'
import { receiveAnswer } from '../receive-answer.ts'
import { throughOutages } from '../through-outages.ts'
import type { GrantedTokens, OAuthClient, SignInPrompt, SignInSecrets } from '../authority/oauth-client.ts'
import { newSecrets } from '../authority/oauth-client.ts'
import type { EndedTrip } from './redirect-trip.ts'
import type { TabsOfAttempt } from './sign-in-tabs.ts'
import type { TabAnswer, TabRedirects } from './tab-redirects.ts'

export interface CodeFlowOptions {
  /** Where our page of sign-in tabs is. */
  readonly redirectUri: string
  readonly client: (signal: AbortSignal) => Promise<OAuthClient>
  readonly redirects: TabRedirects
  readonly tabs: TabsOfAttempt
  /** How long the user may take, in ms. */
  readonly consentTimeout: number
  /** How long an outage of the authority may last once the user has agreed, in ms. */
  readonly outageTimeout: number
  readonly network: NetworkEvents | null
  readonly now: () => number
  /** Called when the sign-in page is known, so that the app's own tab could go there. */
  readonly onPage: (page: SignInPageOfAttempt) => void
  /** Called with the tokens. Reports the consent, then keeps or drops them. */
  readonly granted: (tokens: GrantedTokens, context: SignInContext) => Promise<ReportAnswer>
}

export interface SignInPageOfAttempt {
  readonly attempt: string
  readonly address: string
  readonly secrets: SignInSecrets
}

/** What a sign-in needs to handle an answer. */
interface Attempt {
  readonly client: OAuthClient
  readonly secrets: SignInSecrets
  readonly context: SignInContext
  readonly wait: ConsentTimeout
}

/**
 * Lets the user sign in and consent in a tab of the browser that runs the app (authorization code with PKCE, RFC 7636).
 *
 * If `loginHint` is given, the authority is first asked without a page (`prompt=none`): with a session of that account, the
 * tab comes back immediately, else the same tab shows the accounts. Resolves when the consent is recorded or the attempt is
 * over; throws an `ImportFailure` otherwise. A tab that comes back after that is told so, and its code is not redeemed.
 */
export const codeFlow = async (
  { attempt }: SignInRequest,
  context: SignInContext,
  loginHint: string | undefined,
  options: CodeFlowOptions,
): Promise<void> => {
  const { signal } = context
  const client = await throughOutages(context, { ...options, patience: PATIENCE_BEFORE_CONSENT }, () =>
    options.client(signal),
  )
  const secrets = newSecrets()
  const picker = await client.address(secrets, { prompt: 'select_account' }, options.redirectUri)
  let isQuick = loginHint !== undefined
  const prompt: SignInPrompt =
    loginHint === undefined ? { prompt: 'select_account' } : { prompt: 'none', loginHint }
  const address = await client.address(secrets, prompt, options.redirectUri)
  if (signal.aborted) return

  const wait = startConsentTimeout(signal, options.consentTimeout)
  const answered = async (answer: URLSearchParams): Promise<TabAnswer> => {
    const mayAsk = isQuick && answer.get('code') === null && wait.late === null
    isQuick = false
    if (mayAsk) {
      lead(picker)
      return { again: picker }
    }
    return receive(answer, { client, secrets, context, wait }, options)
  }
  const until = new Date(options.now() + options.consentTimeout)
  const lead = (to: string): void => {
    context.progress({ address: to, opened: false, until })
    options.tabs.lead(to, (tab) => {
      if (!wait.hasEnded) context.progress({ address: to, opened: true, until, tab })
    })
  }
  options.redirects.expect({
    state: secrets.state,
    // Twice the time, so that a user who is just too late is told.
    lifetime: 2 * options.consentTimeout,
    isGenuine: (answer) => isFromIssuer(answer, client.announced),
    answered,
  })
  // Without `prompt=none`: the app's own tab must not come back with a refusal that another tab would handle.
  options.onPage({ attempt, address: picker, secrets })
  try {
    lead(address)
    await wait.ended
  } finally {
    wait.end()
  }
}

/** Finishes a sign-in for which the app's own tab went to the sign-in page. Settles as `codeFlow` does. */
export const finishTrip = async (
  trip: EndedTrip,
  context: SignInContext,
  options: CodeFlowOptions,
): Promise<void> => {
  const { signal } = context
  const client = await throughOutages(context, { ...options, patience: options.outageTimeout }, () =>
    options.client(signal),
  )
  const answer = new URLSearchParams(trip.answer)
  if (!isFromIssuer(answer, client.announced)) throw new ImportFailure('bad-answer')
  const wait = startConsentTimeout(signal, options.consentTimeout)
  await receive(answer, { client, secrets: trip, context, wait }, options)
  await wait.ended
}

const receive = (
  answer: URLSearchParams,
  { client, secrets, context, wait }: Attempt,
  options: CodeFlowOptions,
) =>
  receiveAnswer({
    context,
    wait,
    redeem: async () => {
      if (answer.get('code') === null) throw failureOfAnswer(answer, '')
      const { signal } = context
      const tokens = await throughOutages(context, { ...options, patience: options.outageTimeout }, () =>
        client.redeem(answer, secrets, options.redirectUri, signal),
      )
      return options.granted(tokens, context)
    },
    failureOf: failureOfRedeeming,
  })
