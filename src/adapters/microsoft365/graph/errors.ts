import { type FailureCode, ImportFailure, isImportFailure } from '../../../domain/failures.ts'
import { isClockWrong } from '../../http/connection/clock-skew.ts'
import { errorDetails } from '../../http/error-details.ts'
import { isTransientStatus } from '../../http/retry/retry.ts'
import { StubbornFault } from '../../http/retry/stubborn-fault.ts'

/** Exchange's codes for "this user has no mailbox that Graph can read" (Graph: "Error responses"). */
const noMailbox: Readonly<Record<number, readonly string[]>> = {
  404: [
    'mailboxnotenabledforrestapi',
    'mailboxnotsupportedforrestapi',
    'resourcenotfound',
    'errorinvaliduser',
  ],
  // A mailbox on the company's own server in a hybrid deployment.
  400: ['errorinvalidrequest'],
}

const folderGone = ['erroritemnotfound', 'errorfoldernotfound', 'errorsyncfoldernotfound']

/**
 * The failure of an import whose request Graph refuses. Depends on status and code, never on messages. For a refused
 * token it also depends on the time: a device whose clock is wrong keeps tokens too long, and signing in again would
 * not help.
 *
 * @param now milliseconds since 1970; null if the answer has no time of its own, like a part of a batch
 */
export const graphFailure = (response: Response, body: unknown, now: number | null): ImportFailure => {
  const details = errorDetails(response, body)
  if (response.status === 401 && now !== null && isClockWrong(response.headers, now))
    return new ImportFailure('clock-wrong', details)
  return new ImportFailure(failureCode(response.status, errorCodes(body)), details)
}

const failureCode = (status: number, codes: readonly string[]): FailureCode => {
  if (status === 401) return 'sign-in-expired'
  // Without Graph's own code, it came from something in between, such as a firewall.
  if (status === 403 && codes.length > 0) return 'permission-missing'
  if (noMailbox[status]?.some((code) => codes.includes(code))) return 'no-mailbox'
  return status >= 500 ? 'service-unavailable' : 'bad-answer'
}

/**
 * A response with status 200 that is not what was requested, so that the fault lies in this request. Not for a
 * response that exceeds a limit.
 */
export class UnusableAnswer extends ImportFailure {}

/** Whether a request failed because its contact folder no longer exists. */
export const isFolderGone = (error: unknown): error is ImportFailure =>
  isImportFailure(error) &&
  error.code === 'bad-answer' &&
  error.details.status === 404 &&
  folderGone.includes(error.details.serviceCode?.toLowerCase() ?? '')

/**
 * Whether the service has answered but cannot fulfil this one request, so that others may still succeed. False for a
 * missing permission or mailbox, which usually concerns all requests.
 */
export const isRefused = (error: unknown): error is ImportFailure =>
  error instanceof StubbornFault ||
  error instanceof UnusableAnswer ||
  (isImportFailure(error) &&
    error.details.status !== undefined &&
    (error.code === 'bad-answer' ||
      (error.code === 'service-unavailable' && !isTransientStatus(error.details.status))))

/** Whether access is denied: usually to everything, but sometimes to one item or folder. */
export const isDenied = (error: unknown): error is ImportFailure =>
  isImportFailure(error) && (error.code === 'permission-missing' || error.code === 'no-mailbox')

/** The codes of an error in lower case, outermost first. Inner codes are more specific. */
const errorCodes = (body: unknown): string[] => {
  const codes: string[] = []
  let error = (body as { error?: unknown } | null | undefined)?.error
  // Graph nests two or three. The limit is there because the body is not trusted.
  for (let depth = 0; depth < 8 && typeof error === 'object' && error !== null; depth++) {
    const { code, innerError, innererror } = error as Record<string, unknown>
    if (typeof code === 'string') codes.push(code.toLowerCase())
    error = innerError ?? innererror
  }
  return codes
}
