import type { NetworkResponse } from '@azure/msal-node'
import { isTransientStatus } from '../../../http/retry.ts'
import { retryAfter } from '../../../http/retry-after.ts'
import { TransientError } from '../../../http/transient-error.ts'
import { failureOfTokenAnswer } from './errors.ts'

type Answer = Pick<NetworkResponse<object>, 'status' | 'headers' | 'body'>

/** The outage that an authority's answer tells of; null if the answer is its last word. */
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
