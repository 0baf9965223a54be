import { setTimeout as wait } from 'node:timers/promises'
import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node'
import { type ImportFailure, isImportFailure } from '../../../domain/failures.ts'
import { failureOfTokenAnswer } from './entra/errors.ts'
import { isTransient } from './tokens/silent-tokens.ts'

/** In seconds: the interval if the authority names none (RFC 8628, 3.2), and what `slow_down` adds to it (3.5). */
const INTERVAL = 5
/** In seconds: the longest interval while connections fail. */
const LONGEST_INTERVAL = 60
/** In seconds: Entra's lifetime of a code. Without a lifetime, MSAL would poll forever. */
const LIFETIME = 15 * 60

const PENDING = 'authorization_pending'

export interface DeviceCodePolling {
  /** Wraps a network so that each poll waits for its time. */
  readonly through: (network: INetworkModule) => INetworkModule
  /** Why the authority issued no code, or no token for it. MSAL's own error has only the OAuth code. */
  readonly refusal: ImportFailure | null
}

/**
 * Times MSAL's polls for the device code. MSAL's own waits cannot be aborted and keep the process alive, so MSAL gets
 * an interval of 0, and each poll waits here until its time or until `signal` aborts. Connections that fail for a
 * while do not end a sign-in (RFC 8628, section 3.5).
 */
export const deviceCodePolling = (signal: AbortSignal): DeviceCodePolling => {
  let interval = INTERVAL
  let refusal: ImportFailure | null = null

  const codeAnswer = (answer: NetworkResponse<object>): NetworkResponse<object> => {
    const { interval: seconds, expires_in: lifetime, ...body } = answer.body as Record<string, unknown>
    if (typeof body.device_code !== 'string') {
      refusal = failureOfTokenAnswer(body)
      throw refusal
    }
    if (isPositive(seconds)) interval = seconds
    return {
      ...answer,
      body: { ...body, interval: 0, expires_in: isPositive(lifetime) ? lifetime : LIFETIME },
    }
  }

  const pending = (): NetworkResponse<object> => ({ status: 400, headers: {}, body: { error: PENDING } })

  const poll = async (send: () => Promise<NetworkResponse<object>>): Promise<NetworkResponse<object>> => {
    await wait(interval * 1000, null, { signal, ref: false })
    const answer = await send().catch((error: unknown) => {
      // Waiting does not remove its cause.
      if (isImportFailure(error) && !isTransient(error)) throw (refusal = error)
      return null
    })
    signal.throwIfAborted()
    const error: unknown = answer === null ? 'temporarily_unavailable' : Reflect.get(answer.body, 'error')
    if (error === 'slow_down') interval += INTERVAL
    else if (error === 'temporarily_unavailable') interval = Math.min(2 * interval, LONGEST_INTERVAL)
    else if (answer !== null) {
      if (error !== undefined && error !== PENDING) refusal = failureOfTokenAnswer(answer.body)
      return answer
    }
    return pending()
  }

  return {
    through: (network) => ({
      ...network,
      sendPostRequestAsync: async <T>(url: string, options?: NetworkRequestOptions) => {
        const send = () => network.sendPostRequestAsync<object>(url, options)
        const isPoll = new URLSearchParams(options?.body).has('grant_type')
        return (await (isPoll ? poll(send) : send().then(codeAnswer))) as NetworkResponse<T>
      },
    }),
    get refusal() {
      return refusal
    },
  }
}

const isPositive = (value: unknown): value is number => typeof value === 'number' && value > 0
