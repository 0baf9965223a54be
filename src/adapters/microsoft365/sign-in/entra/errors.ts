import {
  type FailureCode,
  type FailureDetails,
  ImportFailure,
  isImportFailure,
} from '../../../../domain/failures.ts'

/**
 * Entra's own error numbers, if they change the user's next step (Microsoft docs: "Microsoft Entra authentication and
 * authorization error codes"). They are more specific than the OAuth codes and take precedence over them.
 */
export const codeOfNumber: Readonly<Record<string, FailureCode>> = {
  // The user pressed Cancel or No.
  65004: 'consent-declined',
  // An administrator has to consent, or to allow the user in.
  90093: 'admin-approval-needed',
  90094: 'admin-approval-needed',
  90095: 'admin-approval-needed',
  900941: 'admin-approval-needed',
  900981: 'admin-approval-needed',
  50105: 'admin-approval-needed',
  // The consent does not cover contacts.
  65001: 'permission-missing',
  // The account, its sign-in method or its device is not allowed.
  50020: 'sign-in-blocked',
  50034: 'sign-in-blocked',
  50053: 'sign-in-blocked',
  50055: 'sign-in-blocked',
  50057: 'sign-in-blocked',
  50072: 'sign-in-blocked',
  50074: 'sign-in-blocked',
  50076: 'sign-in-blocked',
  50079: 'sign-in-blocked',
  50126: 'sign-in-blocked',
  50158: 'sign-in-blocked',
  53000: 'sign-in-blocked',
  53001: 'sign-in-blocked',
  53003: 'sign-in-blocked',
  530032: 'sign-in-blocked',
  // The app registration is wrong or missing.
  50011: 'app-misconfigured',
  50194: 'app-misconfigured',
  65005: 'app-misconfigured',
  650052: 'app-misconfigured',
  650056: 'app-misconfigured',
  650057: 'app-misconfigured',
  700016: 'app-misconfigured',
  7000112: 'app-misconfigured',
  7000218: 'app-misconfigured',
  90008: 'app-misconfigured',
  // The device code was typed too late or incorrectly.
  70018: 'consent-timed-out',
  70019: 'consent-timed-out',
  70020: 'consent-timed-out',
  // Transient.
  90090: 'service-unavailable',
  // The code or the access expired or was revoked.
  50089: 'sign-in-expired',
  50173: 'sign-in-expired',
  54005: 'sign-in-expired',
  70000: 'sign-in-expired',
  70008: 'sign-in-expired',
  70043: 'sign-in-expired',
  700082: 'sign-in-expired',
}

/**
 * OAuth 2.0 error codes (RFC 6749, 4.1.2.1 and 5.2; RFC 8628, 3.5; OpenID Connect Core, 3.1.2.6), and those of Entra
 * and MSAL.
 */
export const codeOfError: Readonly<Record<string, FailureCode>> = {
  access_denied: 'consent-declined',
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
  readonly texts: readonly (string | undefined)[]
  readonly correlationId?: string | undefined
}

/** Why the sign-in page sent the user back without a code. */
export const failureOfAnswer = (answer: URLSearchParams, correlationId: string): ImportFailure => {
  const get = (name: string) => answer.get(name) ?? undefined
  return failureOf({
    error: get('error') ?? '',
    texts: [get('error_description'), get('error_uri')],
    correlationId,
  })
}

/** Why the token endpoint issued no token or no device code. */
export const failureOfTokenAnswer = (answer: object): ImportFailure => {
  const { error, error_codes, error_description, correlation_id } = answer as Record<string, unknown>
  const [number] = Array.isArray(error_codes) ? (error_codes as readonly unknown[]) : []
  return failureOf({
    error: typeof error === 'string' ? error : '',
    texts: [
      typeof number === 'number' ? String(number) : undefined,
      typeof error_description === 'string' ? error_description : undefined,
    ],
    correlationId: typeof correlation_id === 'string' ? correlation_id : undefined,
  })
}

/** Why a code could not be redeemed. */
export const failureOfRedeeming = (thrown: unknown): ImportFailure => {
  if (isImportFailure(thrown)) return thrown
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
  if (isImportFailure(thrown) || refusal === null) return failure
  const withdrawn =
    numberIn(refusal) === '65001' || Reflect.get(Object(thrown), 'subError') === 'consent_required'
  if (withdrawn) return new ImportFailure('permission-removed', failure.details)
  return needsPerson.has(refusal.error) ? new ImportFailure('sign-in-expired', failure.details) : failure
}

const needsPerson = new Set([
  'invalid_grant',
  'interaction_required',
  'consent_required',
  'login_required',
  'access_denied',
])

/**
 * With an error number that is not in the table, these mean that Entra itself refused: the user did not decline, and
 * nothing expired. New numbers of conditional access are among them, and signing in again would lead in a circle.
 */
const refusedByEntra = ['access_denied', 'interaction_required', 'invalid_grant']

const failureOf = (refusal: Refusal): ImportFailure => {
  const { error } = refusal
  const number = numberIn(refusal)
  const byError =
    number !== undefined && refusedByEntra.includes(error) ? 'sign-in-blocked' : find(codeOfError, error)
  const code = find(codeOfNumber, number) ?? byError ?? 'bad-answer'
  return new ImportFailure(code, detailsOf(refusal, number))
}

/** An unknown error code could be any text, so it is not kept. */
const detailsOf = ({ error, correlationId = '' }: Refusal, number: string | undefined): FailureDetails => {
  const serviceCode = number === undefined ? find(codeOfError, error) && error : `AADSTS${number}`
  return {
    ...(uuid.test(correlationId) && { requestId: correlationId }),
    ...(serviceCode !== undefined && { serviceCode }),
  }
}

const find = (
  table: Readonly<Record<string, FailureCode>>,
  key: string | undefined,
): FailureCode | undefined => (key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined)

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const numberIn = ({ texts }: Refusal): string | undefined => {
  for (const text of texts) {
    const number = /(?:AADSTS|[?&]code=|^)(\d{5,8})\b/.exec(text ?? '')?.[1]
    if (number !== undefined) return number
  }
  return undefined
}

/** Recognises MSAL's errors by their shape, because MSAL is loaded only for a sign-in. */
const refusalOf = (thrown: unknown): Refusal | null => {
  if (!(thrown instanceof Error)) return null
  const get = (name: string): unknown => Reflect.get(thrown, name)
  const error = get('errorCode')
  if (typeof error !== 'string') return null
  const [number, text, correlationId] = [get('errorNo'), get('errorMessage'), get('correlationId')]
  return {
    error,
    // `errorNo` is typed as a string but contains the number that the token endpoint sent.
    texts: [
      typeof number === 'number' || typeof number === 'string' ? String(number) : undefined,
      typeof text === 'string' ? text : undefined,
    ],
    correlationId: typeof correlationId === 'string' ? correlationId : undefined,
  }
}
