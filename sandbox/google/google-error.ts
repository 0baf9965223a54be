import type { Answer } from '../graph/answer.ts'

/** The errors of Google that were recorded, by the names that a fault can give. */
export const googleErrorNames = [
  'expired-sync-token-a',
  'expired-sync-token-b',
  'expired-sync-token-410',
  'invalid-argument',
  'invalid-person-fields',
  'unauthenticated',
  'insufficient-scopes',
  'service-disabled',
  'fbs-quota',
  'rate-limit',
  'unavailable',
  'invalid-grant',
] as const

export type GoogleErrorName = (typeof googleErrorNames)[number]

/** Thrown for everything that Google refuses. */
export class GoogleError extends Error {
  override readonly name = 'GoogleError'
  readonly answer: Answer

  constructor(answer: Answer) {
    super('Google refuses this request')
    this.answer = answer
  }
}

/** A response whose body is JSON, if not empty. */
export interface GoogleAnswer extends Answer {
  readonly content: string
}

/** Google indents its JSON. */
const googleJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

export const googleAnswer = (
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): GoogleAnswer => ({
  status,
  headers: { 'content-type': 'application/json; charset=UTF-8', ...headers },
  content: googleJson(body),
})

/** An error of the People API (google.rpc.Status as JSON). */
const rpcError = (
  code: number,
  status: string,
  message: string,
  details?: readonly unknown[],
): GoogleAnswer =>
  googleAnswer(
    code,
    { error: { code, message, status, ...(details && { details }) } },
    code === 401
      ? { 'www-authenticate': 'Bearer realm="https://accounts.google.com/", error="invalid_token"' }
      : {},
  )

const errorInfo = (reason: string, domain: string, metadata?: Readonly<Record<string, string>>): unknown => ({
  '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
  reason,
  domain,
  ...(metadata && { metadata }),
})

const METHOD = {
  service: 'people.googleapis.com',
  method: 'google.people.v1.PeopleService.ListConnections',
} as const

const VALID_PATHS =
  'Valid paths are documented at https://developers.google.com/people/api/rest/v1/people.connections/list.'

/** `status` differs between recordings; 410 is what earlier versions of the service sent. */
const expiredSyncToken = (code: number, status: string): GoogleAnswer =>
  rpcError(code, status, 'Sync token is expired. Clear local cache and retry call without the sync token.', [
    errorInfo('EXPIRED_SYNC_TOKEN', 'people.googleapis.com'),
  ])

export const invalidArgument = (message = 'Request contains an invalid argument.'): GoogleAnswer =>
  rpcError(400, 'INVALID_ARGUMENT', message)

export const invalidPersonField = (path: string): GoogleAnswer =>
  invalidArgument(`Invalid personFields mask path: "${path}". ${VALID_PATHS}`)

export const noPersonFields = (): GoogleAnswer =>
  invalidArgument(`personFields mask is required. Please specify one or more valid paths. ${VALID_PATHS}`)

export const noSuchParameter = (name: string): GoogleAnswer =>
  invalidArgument(
    `Invalid JSON payload received. Unknown name "${name}": Cannot bind query parameter. Field '${name}' could not be found in request message.`,
  )

export const oauthError = (status: number, error: string, description: string): GoogleAnswer =>
  googleAnswer(status, { error, error_description: description })

const CRITICAL_READS = 'Critical read requests (Contact and Profile Reads)'

/** The answer with a recorded error. */
export const recordedError = (name: GoogleErrorName): GoogleAnswer => {
  switch (name) {
    case 'expired-sync-token-a':
      return expiredSyncToken(400, 'FAILED_PRECONDITION')
    case 'expired-sync-token-b':
      return expiredSyncToken(400, 'INVALID_ARGUMENT')
    case 'expired-sync-token-410':
      return expiredSyncToken(410, 'FAILED_PRECONDITION')
    case 'invalid-argument':
      return invalidArgument()
    case 'invalid-person-fields':
      return invalidPersonField('nope')
    case 'unauthenticated':
      return rpcError(
        401,
        'UNAUTHENTICATED',
        'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.',
        [errorInfo('ACCESS_TOKEN_EXPIRED', 'googleapis.com', METHOD)],
      )
    case 'insufficient-scopes':
      return rpcError(403, 'PERMISSION_DENIED', 'Request had insufficient authentication scopes.', [
        errorInfo('ACCESS_TOKEN_SCOPE_INSUFFICIENT', 'googleapis.com', METHOD),
      ])
    case 'service-disabled':
      return rpcError(
        403,
        'PERMISSION_DENIED',
        'People API has not been used in project 123456789012 before or it is disabled. Enable it by visiting https://console.developers.google.com/apis/api/people.googleapis.com/overview?project=123456789012 then retry. If you enabled this API recently, wait a few minutes for the action to propagate to our systems and retry.',
        [
          errorInfo('SERVICE_DISABLED', 'googleapis.com', {
            service: 'people.googleapis.com',
            consumer: 'projects/123456789012',
          }),
        ],
      )
    case 'fbs-quota':
      return rpcError(429, 'RESOURCE_EXHAUSTED', 'Resource has been exhausted (e.g. check quota).', [
        {
          '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
          violations: [{ subject: 'QUOTA_EXCEEDED', description: 'FBS quota limit exceeded' }],
        },
      ])
    case 'rate-limit':
      return rpcError(
        429,
        'RESOURCE_EXHAUSTED',
        `Quota exceeded for quota metric '${CRITICAL_READS}' and limit '${CRITICAL_READS} per minute per user' of service 'people.googleapis.com' for consumer 'project_number:123456789012'.`,
        [
          errorInfo('RATE_LIMIT_EXCEEDED', 'googleapis.com', {
            quota_limit: 'CriticalReadsPerMinutePerProjectPerUser',
            service: 'people.googleapis.com',
            quota_metric: 'people.googleapis.com/critical_read_requests',
            consumer: 'projects/123456789012',
          }),
        ],
      )
    case 'unavailable':
      return rpcError(503, 'UNAVAILABLE', 'The service is currently unavailable.')
    case 'invalid-grant':
      return oauthError(400, 'invalid_grant', 'Token has been expired or revoked.')
  }
}

/** The status names of google.rpc.Code, by the HTTP status that stands for them. */
const statusNames: Readonly<Record<number, readonly [status: string, message: string]>> = {
  404: ['NOT_FOUND', 'Requested entity was not found.'],
  409: ['ABORTED', 'The operation was aborted.'],
  499: ['CANCELLED', 'The operation was cancelled.'],
  500: ['INTERNAL', 'Internal error encountered.'],
  504: ['DEADLINE_EXCEEDED', 'Deadline expired before operation could complete.'],
}

const usual: Readonly<Record<number, GoogleErrorName>> = {
  400: 'invalid-argument',
  401: 'unauthenticated',
  403: 'insufficient-scopes',
  410: 'expired-sync-token-410',
  429: 'rate-limit',
  503: 'unavailable',
}

/** Google's error form for any status. */
export const googleErrorOf = (status: number): GoogleAnswer => {
  const name = usual[status]
  const [code, message] = statusNames[status] ?? ['UNKNOWN', 'Unknown Error.']
  return name === undefined ? rpcError(status, code, message) : recordedError(name)
}
