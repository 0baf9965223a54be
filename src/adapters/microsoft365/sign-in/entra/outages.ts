import type { NetworkResponse } from '@azure/msal-node'
import { isImportFailure } from '../../../../domain/failures.ts'
import { isTransientStatus } from '../../../http/retry.ts'
import { retryAfter } from '../../../http/retry-after.ts'
import { connectionError } from '../../../http/transport.ts'
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

/** Certificates do not change while one waits. Codes of OpenSSL's verification and of Node's TLS. */
const lasting = /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL/

/** The outage that a network's error tells of; null if another try cannot help. */
export const outageOfError = (error: unknown): TransientError | null => {
  if (isImportFailure(error)) return null
  const { name, cause } = Object(error) as { name?: unknown; cause?: unknown }
  if (name === 'TimeoutError')
    return new TransientError('service-unavailable', 'service-unavailable', { cause: error })
  if (lasting.test(String(Reflect.get(Object(cause), 'code')))) return null
  const outage = connectionError(error)
  return outage instanceof TransientError ? outage : null
}
