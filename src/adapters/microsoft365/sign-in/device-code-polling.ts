import { setTimeout as wait } from 'node:timers/promises'
import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node'
import { ImportFailure } from '../../../domain/failures.ts'
import type { Waiting } from '../../../ports/contact-source.ts'
import { failureOfTokenAnswer } from '../../sign-in/errors.ts'
import type { NetworkEvents } from '../../http/connection/network-wait.ts'
import { TransientError } from '../../http/retry/transient-error.ts'
import { outageOf } from '../../sign-in/outages.ts'
import { PATIENCE_BEFORE_CONSENT } from '../../sign-in/persistence.ts'
import { persistentNetwork } from './entra/outages/persistent-network.ts'
import { serviceAddress } from '../../sign-in/authority/service-address.ts'

/** In seconds: the interval if the authority names none (RFC 8628, 3.2), and what `slow_down` adds to it (3.5). */
const INTERVAL = 5
/** In seconds: the longest interval while connections fail. */
const LONGEST_INTERVAL = 60
/** In seconds: Entra's lifetime of a code, and the longest wait. Without a lifetime, MSAL would poll forever. */
const LIFETIME = 15 * 60

const PENDING = 'authorization_pending'

/**
 * Codes that people can type anywhere and that a terminal shows unchanged: letters and digits of ASCII, in groups
 * (RFC 8628, section 6.1, has shorter ones in mind).
 */
const typeable = /^[A-Za-z0-9]+([- ][A-Za-z0-9]+)*$/
const LONGEST_CODE = 40

export interface DeviceCodePollingOptions {
  /** Also ends the polling for late answers. */
  readonly closing: AbortSignal
  /** Aborts when the attempt is over. Then a code that has not arrived is not waited for. */
  readonly attempt: AbortSignal
  /** Ends waits for the network early. */
  readonly network: NetworkEvents | null
  readonly onWaiting: (waiting: Waiting | null) => void
}

export interface DeviceCodePolling {
  /** Wraps a network so that each poll waits for its time. */
  readonly through: (network: INetworkModule) => INetworkModule
  /** The reason of an error that MSAL threw. Its own error has only the OAuth code. */
  failureOf(thrown: unknown): ImportFailure
}

/**
 * Times MSAL's polls for the device code. MSAL's own waits cannot be aborted and keep the process alive, so MSAL gets
 * an interval of 0, and each poll waits here until its time or until `closing` aborts. Outages and connections that
 * fail for a while do not end a sign-in (RFC 8628, section 3.5).
 *
 * Throws `bad-answer` for a code that cannot be typed or an address that cannot be opened: both are printed.
 */
export const deviceCodePolling = ({
  closing,
  attempt,
  network,
  onWaiting,
}: DeviceCodePollingOptions): DeviceCodePolling => {
  const before = persistentNetwork({ patience: PATIENCE_BEFORE_CONSENT, signal: attempt, network, onWaiting })
  let interval = INTERVAL
  let failures = 0
  /** In seconds: how long the authority asked to wait. */
  let asked = 0
  let refusal: ImportFailure | null = null

  const codeAnswer = (answer: NetworkResponse<object>): NetworkResponse<object> => {
    attempt.throwIfAborted()
    const body = answer.body as Record<string, unknown>
    if (typeof body.device_code !== 'string') throw failureOfTokenAnswer(body)
    const address = serviceAddress(body.verification_uri)
    const code = typeof body.user_code === 'string' ? body.user_code.trim() : ''
    if (address === null || code.length > LONGEST_CODE || !typeable.test(code))
      throw new ImportFailure('bad-answer')
    interval = secondsOf(body.interval) ?? INTERVAL
    const lifetime = secondsOf(body.expires_in) ?? LIFETIME
    return {
      ...answer,
      body: { ...body, user_code: code, verification_uri: address, interval: 0, expires_in: lifetime },
    }
  }

  const pending = (): NetworkResponse<object> => ({ status: 400, headers: {}, body: { error: PENDING } })

  const poll = async (send: () => Promise<NetworkResponse<object>>): Promise<NetworkResponse<object>> => {
    const longer = failures === 0 ? interval : Math.min(interval * 2 ** failures, LONGEST_INTERVAL)
    await wait(Math.max(interval, longer, asked) * 1000, null, { signal: closing, ref: false })
    const answer = await send().catch((error: unknown) => {
      closing.throwIfAborted()
      if (error instanceof TransientError) return null
      throw error
    })
    closing.throwIfAborted()
    const outage = answer && outageOf(answer, Date.now())
    asked = Math.min((outage?.retryAfter ?? 0) / 1000, LIFETIME)
    if (answer === null || outage !== null) {
      failures++
      return pending()
    }
    failures = 0
    const error: unknown = Reflect.get(answer.body, 'error')
    if (error === 'slow_down') {
      interval += INTERVAL
      return pending()
    }
    if (error !== undefined && error !== PENDING) refusal = failureOfTokenAnswer(answer.body)
    return answer
  }

  return {
    through: (network) => {
      const persistent = before.through(network)
      return {
        ...persistent,
        sendPostRequestAsync: async <T>(url: string, options?: NetworkRequestOptions) => {
          const isPoll = new URLSearchParams(options?.body).has('grant_type')
          const answer = isPoll
            ? await poll(() => network.sendPostRequestAsync<object>(url, options))
            : codeAnswer(await persistent.sendPostRequestAsync<object>(url, options))
          return answer as NetworkResponse<T>
        },
      }
    },
    failureOf: (thrown) => refusal ?? before.failureOf(thrown),
  }
}

/** A number of seconds, also written as text; undefined for any other value. */
const secondsOf = (value: unknown): number | undefined => {
  const seconds = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  return typeof seconds === 'number' && seconds > 0 ? Math.min(seconds, LIFETIME) : undefined
}
