import type { AuthenticationResult } from '@azure/msal-node'
import { ImportFailure } from '../../../domain/failures.ts'
import type { ReportAnswer, SignInContext } from '../../../ports/sign-in.ts'
import type { NetworkEvents } from '../../http/connection/network-wait.ts'
import { startConsentTimeout } from '../../sign-in/consent-timeout.ts'
import { deviceCodePolling } from './device-code-polling.ts'
import type { MsalClients } from './entra/msal-client.ts'

export interface DeviceCodeFlowOptions {
  readonly clients: MsalClients
  readonly scopes: readonly string[]
  /** How long the user may take, in ms. */
  readonly consentTimeout: number
  /** For one request to the authority, in ms. */
  readonly timeLimit: number
  /** Ends waits for the network early. */
  readonly network: NetworkEvents | null
  /** Also ends the polling for late answers. */
  readonly closing: AbortSignal
  readonly now: () => Date
  /** Called with the tokens (MSAL's serialised cache). Reports the consent, then keeps or drops them. */
  readonly granted: (
    result: AuthenticationResult,
    tokens: string,
    context: SignInContext,
  ) => Promise<ReportAnswer>
}

/**
 * Lets the user sign in and consent on another device, by typing a code there (RFC 8628): for machines without a
 * browser.
 *
 * Resolves when the consent is recorded or the attempt is over; throws an `ImportFailure` otherwise. Only the response
 * with the tokens shows that the code was typed. So polling continues after the attempt, until the code expires or
 * the app ends: a late answer is reported, and its tokens, which exist only in the memory of the attempt's own
 * client, are dropped unread.
 */
export const deviceCodeFlow = async (
  context: SignInContext,
  options: DeviceCodeFlowOptions,
): Promise<void> => {
  const { clients, scopes, consentTimeout, timeLimit, closing, now, granted } = options
  const polls = deviceCodePolling({
    closing,
    attempt: context.signal,
    network: options.network,
    onWaiting: (waiting) => {
      if (!context.signal.aborted) context.progress({ waiting })
    },
  })
  const client = await clients({ timeLimit, signal: closing, network: polls.through })
  const wait = startConsentTimeout(context.signal, consentTimeout)

  const redeem = () =>
    client.acquireTokenByDeviceCode({
      scopes: [...scopes],
      correlationId: crypto.randomUUID(),
      deviceCodeCallback: ({ verificationUri: address, userCode, expiresIn }) => {
        const until = new Date(now().getTime() + Math.min(expiresIn * 1000, consentTimeout))
        if (!wait.hasEnded) context.progress({ address, userCode, opened: false, until })
      },
    })

  const answered = async (): Promise<void> => {
    let failure: ImportFailure | undefined
    try {
      const result = await redeem()
      if (result === null) throw new ImportFailure('bad-answer')
      const { accepted } = await context.report({ type: 'sign-in.answered' })
      if (!accepted || wait.late !== null) return
      wait.stopTimer()
      await granted(result, client.getTokenCache().serialize(), context)
    } catch (error) {
      failure = polls.failureOf(error)
    } finally {
      client.clearCache()
      wait.end(failure)
    }
  }

  void answered()
  await wait.ended
}
