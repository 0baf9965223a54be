import {
  type FailureCode,
  type FailureDetails,
  ImportFailure,
  isImportFailure,
} from '../../domain/failures.ts'
import { saysNothingOfAccess } from '../http/connection/connection-failure.ts'
import { TransientError } from '../http/retry/transient-error.ts'
import { codeOfNumber } from './error-numbers.ts'

/**
 * OAuth 2.0 error codes (RFC 6749, 4.1.2.1 and 5.2; RFC 8628, 3.5; OpenID Connect Core, 3.1.2.6), and those of Entra
 * and MSAL.
 */
export const codeOfError: Readonly<Record<string, FailureCode>> = {
  access_denied: 'consent-declined',
  // Google, for organizations that restrict apps.
  admin_policy_enforced: 'admin-approval-needed',
  authorization_declined: 'consent-declined',
  consent_required: 'consent-declined',
  expired_token: 'consent-timed-out',
  bad_verification_code: 'consent-timed-out',
  device_code_expired: 'consent-timed-out',
  interaction_required: 'sign-in-expired',
  login_required: 'sign-in-expired',
  account_selection_required: 'sign-in-expired',
  invalid_grant: 'sign-in-expired',
  no_tokens_found: 'sign-in-expired',
  no_account_in_silent_request: 'sign-in-expired',
  refresh_token_expired: 'sign-in-expired',
  invalid_client: 'app-misconfigured',
  invalid_request: 'app-misconfigured',
  invalid_resource: 'app-misconfigured',
  invalid_scope: 'app-misconfigured',
  unauthorized_client: 'app-misconfigured',
  unsupported_grant_type: 'app-misconfigured',
  unsupported_response_type: 'app-misconfigured',
  server_error: 'service-unavailable',
  temporarily_unavailable: 'service-unavailable',
  network_error: 'offline',
  // MSAL's error for any authority whose metadata it could not load.
  endpoints_resolution_error: 'offline',
}

/** A refusal from an authorization response or an error of MSAL. Texts are searched for numbers, never kept. */
interface Refusal {
  readonly error: string
  readonly suberror?: unknown
  readonly texts: readonly unknown[]
  readonly correlationId?: unknown
}

/** Why the sign-in page sent the user back without a code. */
export const failureOfAnswer = (answer: URLSearchParams, correlationId: string): ImportFailure => {
  const get = (name: string) => answer.get(name) ?? undefined
  return failureOf({
    error: get('error') ?? '',
    suberror: get('suberror'),
    texts: [get('error_description'), get('error_uri')],
    correlationId,
  })
}

/** The token endpoint refused: its answer (RFC 6749, section 5.2), for code that does not use MSAL. */
export class TokenRefusal extends Error {
  override readonly name = 'TokenRefusal'
  readonly answer: object

  constructor(answer: object) {
    super('TokenRefusal')
    this.answer = answer
  }
}

/** Why the token endpoint issued no token or no device code. */
export const failureOfTokenAnswer = (answer: object): ImportFailure => failureOf(refusalIn(answer))

const refusalIn = (answer: object): Refusal => {
  const { error, error_codes, error_description, suberror, correlation_id } = answer as Record<
    string,
    unknown
  >
  const numbers: readonly unknown[] = Array.isArray(error_codes) ? error_codes : [error_codes]
  return {
    error: typeof error === 'string' ? error : '',
    suberror,
    texts: [...numbers, error_description],
    correlationId: correlation_id,
  }
}

/** Why a code could not be redeemed. */
export const failureOfRedeeming = (thrown: unknown): ImportFailure => {
  if (isImportFailure(thrown)) return thrown
  if (thrown instanceof TransientError) return new ImportFailure(thrown.code, thrown.details, thrown)
  const refusal = refusalOf(thrown)
  return refusal === null ? new ImportFailure('internal', {}, thrown) : failureOf(refusal)
}

/**
 * Why no token is available without asking the user. If the user has to sign in again, it is `sign-in-expired`, and
 * the tab of that sign-in says why; a revoked permission (AADSTS65001) is `permission-removed`.
 */
export const failureOfRenewal = (thrown: unknown): ImportFailure => {
  const failure = failureOfRedeeming(thrown)
  const refusal = refusalOf(thrown)
  if (isImportFailure(thrown) || refusal === null || saysNothingOfAccess(failure)) return failure
  const withdrawn = numberIn(refusal) === '65001' || refusal.suberror === 'consent_required'
  if (withdrawn) return new ImportFailure('permission-removed', failure.details)
  return needsPerson.has(refusal.error) ? new ImportFailure('sign-in-expired', failure.details) : failure
}

/**
 * With an error number that is not in the table, these errors mean that Entra itself refused: the user did not
 * decline, and nothing expired. New numbers of conditional access are among them: signing in again would lead to the
 * same refusal.
 */
const refusedByEntra: ReadonlySet<string> = new Set([
  'access_denied',
  'interaction_required',
  'login_required',
  'account_selection_required',
  'invalid_grant',
])

/** Refusals of a renewal that another sign-in may resolve. */
const needsPerson: ReadonlySet<string> = new Set([...refusedByEntra, 'consent_required'])

/**
 * Entra's classes of refusals that another sign-in alone does not resolve (Microsoft docs: "Handle errors and exceptions
 * in MSAL.NET", and the list of MSAL).
 */
const blockingSuberrors: ReadonlySet<unknown> = new Set([
  'additional_action',
  'basic_action',
  'device_authentication_failed',
  'message_only',
  'protection_policy_required',
  'user_password_expired',
])

const failureOf = (refusal: Refusal): ImportFailure => {
  const number = numberIn(refusal)
  const code = find(codeOfNumber, number) ?? codeWithout(refusal, number) ?? 'bad-answer'
  return new ImportFailure(code, detailsOf(refusal, number))
}

/** The failure code of a refusal without a number, or with one that is not in the table. */
const codeWithout = ({ error, suberror }: Refusal, number: string | undefined): FailureCode | undefined => {
  if (!refusedByEntra.has(error)) return find(codeOfError, error)
  if (suberror === 'consent_required') return 'permission-missing'
  return number !== undefined || blockingSuberrors.has(suberror)
    ? 'sign-in-blocked'
    : find(codeOfError, error)
}

/** An unknown error code could be any text, so it is not kept. */
const detailsOf = ({ error, correlationId }: Refusal, number: string | undefined): FailureDetails => {
  const serviceCode = number === undefined ? find(codeOfError, error) && error : `AADSTS${number}`
  return {
    ...(typeof correlationId === 'string' && uuid.test(correlationId) && { requestId: correlationId }),
    ...(serviceCode !== undefined && { serviceCode }),
  }
}

const find = (
  table: Readonly<Record<string, FailureCode>>,
  key: string | undefined,
): FailureCode | undefined => (key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined)

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Entra names the outcome first, but may add numbers before or after the one that says more. */
const numberIn = ({ texts }: Refusal): string | undefined => {
  const numbers = texts.flatMap((text) =>
    typeof text === 'string' || typeof text === 'number'
      ? [...String(text).matchAll(/(?:AADSTS|[?&]code=|^)(\d{5,8})\b/g)].map(([, number]) => number)
      : [],
  )
  return numbers.find((number) => find(codeOfNumber, number) !== undefined) ?? numbers[0]
}

/** Recognises MSAL's errors by their shape, because MSAL is loaded only for a sign-in. */
const refusalOf = (thrown: unknown): Refusal | null => {
  if (thrown instanceof TokenRefusal) return refusalIn(thrown.answer)
  if (!(thrown instanceof Error)) return null
  const get = (name: string): unknown => Reflect.get(thrown, name)
  const error = get('errorCode')
  if (typeof error !== 'string') return null
  return {
    error,
    suberror: get('subError'),
    texts: [get('errorNo'), get('errorMessage')],
    correlationId: get('correlationId'),
  }
}
