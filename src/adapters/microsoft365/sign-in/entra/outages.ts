import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node'
import { isTransientStatus } from '../../../http/retry.ts'
import { retryAfter } from '../../../http/retry-after.ts'
import { TransientError } from '../../../http/transient-error.ts'
import { failureOfTokenAnswer } from './errors.ts'

type Answer = Pick<NetworkResponse<object>, 'status' | 'headers' | 'body'>

/** The outage behind an authority's answer; null if another try would get the same answer. */
export const outageOf = ({ status, headers, body }: Answer, now: number): TransientError | null => {
  const error: unknown = Reflect.get(body, 'error')
  const refusal = typeof error === 'string' ? failureOfTokenAnswer(body) : null
  const isUnknown = refusal === null || refusal.code === 'bad-answer'
  const passes = isUnknown ? isTransientStatus(status) : refusal.code === 'service-unavailable'
  if (!passes && status !== 429) return null
  const kind = status === 429 ? 'throttled' : 'service-unavailable'
  return new TransientError(kind, kind, {
    details: { ...refusal?.details, ...(isTransientStatus(status) && { status }) },
    retryAfter: retryAfter(new Headers(headers), now),
  })
}

/** A network that throws the `TransientError` of an outage, whether it got an answer or not. MSAL knows no Retry-After. */
export const throwingOutages = (network: INetworkModule): INetworkModule => {
  const checked = async <T>(send: () => Promise<NetworkResponse<T>>): Promise<NetworkResponse<T>> => {
    const answer = await send()
    const outage = outageOf({ ...answer, body: Object(answer.body) as object }, Date.now())
    if (outage !== null) throw outage
    return answer
  }
  return {
    sendGetRequestAsync: <T>(url: string, request?: NetworkRequestOptions, timeout?: number) =>
      checked(() => network.sendGetRequestAsync<T>(url, request, timeout)),
    sendPostRequestAsync: <T>(url: string, request?: NetworkRequestOptions) =>
      checked(() => network.sendPostRequestAsync<T>(url, request)),
  }
}
