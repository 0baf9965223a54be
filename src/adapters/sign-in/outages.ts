import { isTransientStatus } from '../http/retry/retry.ts'
import { retryAfter } from '../http/retry/retry-after.ts'
import { TransientError } from '../http/retry/transient-error.ts'
import { failureOfTokenAnswer } from './errors.ts'

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: object
}

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
