import { type FailureCode, ImportFailure } from '../../../domain/failures.ts'
import { isClockWrong } from '../../http/connection/clock-skew.ts'
import { errorDetails } from '../../http/error-details.ts'
import { isFields, type JsonFields } from '../contact/person-reader.ts'

/** Google no longer accepts a sync token, or the page token of a list: the contacts have to be listed from the beginning. */
export class TokenExpired extends ImportFailure {}

/** Reasons that only the developer of the app can remove (Google, `ErrorInfo` of googleapis.com). */
const ofTheApp: ReadonlySet<string> = new Set([
  'SERVICE_DISABLED',
  'CONSUMER_INVALID',
  'API_KEY_INVALID',
  'API_KEY_SERVICE_BLOCKED',
  'BILLING_DISABLED',
])

/**
 * The failure of an import whose request Google refuses. Depends on status and reasons, never on messages, except for an expired
 * sync token without a reason. For a refused token it also depends on the time: a device whose clock is wrong keeps tokens too
 * long, and signing in again would not help.
 *
 * @param hasToken whether the request had a sync token or a page token
 */
export const googleFailure = (
  response: Response,
  body: unknown,
  { now, hasToken }: { readonly now: number; readonly hasToken: boolean },
): ImportFailure => {
  const error = isFields(body) && isFields(body['error']) ? body['error'] : null
  const reason = reasonIn(error)
  const details = { ...errorDetails(response, body), ...(reason !== null && { serviceCode: reason }) }
  const { status } = response
  if (status === 401 && isClockWrong(response.headers, now)) return new ImportFailure('clock-wrong', details)
  if (hasToken && isTokenExpired(status, error, reason)) return new TokenExpired('bad-answer', details)
  return new ImportFailure(codeOf(status, error, reason), details)
}

const codeOf = (status: number, error: JsonFields | null, reason: string | null): FailureCode => {
  if (status === 401) return 'sign-in-expired'
  if (reason !== null && ofTheApp.has(reason)) return 'app-misconfigured'
  // Without Google's own error, it came from something in between, such as a firewall.
  if (status === 403 && error?.['status'] === 'PERMISSION_DENIED') return 'permission-missing'
  return status >= 500 ? 'service-unavailable' : 'bad-answer'
}

/**
 * An expired sync token was answered with 400 and with 410, with several statuses, and with a reason or only with a message. A
 * page token that is refused has no reason of its own: the request that it belongs to was accepted before.
 */
const isTokenExpired = (status: number, error: JsonFields | null, reason: string | null): boolean => {
  if (status === 410 || reason === 'EXPIRED_SYNC_TOKEN') return true
  return status === 400 && error !== null
}

/** The reason of the first `google.rpc.ErrorInfo`. */
const reasonIn = (error: JsonFields | null): string | null => {
  const details = error?.['details']
  for (const detail of Array.isArray(details) ? (details as readonly unknown[]) : []) {
    const reason = isFields(detail) ? detail['reason'] : undefined
    if (typeof reason === 'string' && /^[A-Z][A-Z0-9_]{1,79}$/.test(reason)) return reason
  }
  return null
}
