import { randomUUID } from 'node:crypto'
import type { Answer } from './answer.ts'

/** An error of Graph: status, code and message as recorded from the service. */
export class GraphError extends Error {
  override readonly name = 'GraphError'
  readonly status: number
  readonly code: string
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message)
    this.status = status
    this.code = code
    this.headers = headers
  }

  get answer(): Answer {
    const requestId = randomUUID()
    const date = new Date().toISOString().slice(0, 19)
    const innerError = { date, 'request-id': requestId, 'client-request-id': requestId }
    // Recorded without an inner error, unlike all others.
    const bare = this.code === 'ApplicationThrottled'
    const error = { code: this.code, message: this.message, ...(bare ? {} : { innerError }) }
    return {
      status: this.status,
      headers: { 'request-id': requestId, ...this.headers },
      content: JSON.stringify({ error }),
    }
  }
}

const challenge = (more: string): Record<string, string> => ({
  'www-authenticate':
    'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", ' +
    `client_id="00000003-0000-0000-c000-000000000000"${more}`,
})

const unauthorized = (message: string, more = ''): GraphError =>
  new GraphError(401, 'InvalidAuthenticationToken', message, challenge(more))

/** The claims that continuous access evaluation demands: a token issued after this moment. */
const claims = (): string =>
  Buffer.from(
    `{"access_token":{"nbf":{"essential":true, "value":"${Math.floor(Date.now() / 1000)}"}}}`,
  ).toString('base64')

export const graphErrors = {
  tokenEmpty: () => unauthorized('Access token is empty.'),
  tokenMalformed: () => unauthorized('IDX14100: JWT is not well formed, there are no dots (.).'),
  tokenExpired: () => unauthorized('Lifetime validation failed, the token is expired.'),
  claimsChallenge: () =>
    unauthorized(
      'Continuous access evaluation resulted in claims challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp',
      `, error="insufficient_claims", claims="${claims()}"`,
    ),
  accessDenied: () =>
    new GraphError(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.'),
  noMailbox: () =>
    new GraphError(
      404,
      'MailboxNotEnabledForRESTAPI',
      'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
    ),
  itemNotFound: () =>
    new GraphError(
      404,
      'ErrorItemNotFound',
      'The specified object was not found in the store., The process failed to get the correct properties.',
    ),
  folderNotFound: () =>
    new GraphError(404, 'ErrorFolderNotFound', 'The specified folder could not be found in the store.'),
  timedOut: (status: number) => new GraphError(status, 'UnknownError', ''),
  idMalformed: () => new GraphError(400, 'ErrorInvalidIdMalformed', 'Id is malformed.'),
  noSuchSegment: (segment: string) =>
    new GraphError(400, 'BadRequest', `Resource not found for the segment '${segment}'.`),
  noSuchSegmentOfContact: (segment: string) =>
    new GraphError(400, 'RequestBroker--ParseUri', `Resource not found for the segment '${segment}'.`),
  methodNotAllowed: () =>
    new GraphError(405, 'Request_BadRequest', 'Specified HTTP method is not allowed for the request target.'),
  unknownProperty: (property: string) =>
    new GraphError(
      400,
      'BadRequest',
      `Parsing OData Select and Expand failed: Could not find a property named '${property}' on type 'microsoft.graph.contact'.`,
    ),
  invalidOption: (option: string, value: string) =>
    new GraphError(
      400,
      'BadRequest',
      `Invalid value '${value}' for ${option} query option found. The ${option} query option requires a non-negative integer value.`,
    ),
  invalidFilter: () =>
    new GraphError(400, 'ErrorInvalidUrlQueryFilter', 'The query filter contains one or more invalid nodes.'),
  invalidExpand: () =>
    new GraphError(
      400,
      'BadRequest',
      'Parsing OData Select and Expand failed: The $expand query option is not supported in this form.',
    ),
  expandInDelta: () =>
    new GraphError(
      400,
      'ErrorInvalidUrlQuery',
      "The following parameters are not supported with change tracking over the 'Contacts' resource: '$expand'.",
    ),
  invalidInDelta: () =>
    new GraphError(
      400,
      'ErrorInvalidUrlQuery',
      "The following parameters are not supported with change tracking over the 'Contacts' resource: '$orderby, $filter, $top'.",
    ),
  badToken: () => new GraphError(400, 'BadRequest', 'Badly formed token.'),
  syncStateNotFound: () =>
    new GraphError(
      410,
      'SyncStateNotFound',
      'The sync state generation is not found; generation=605;[highest=841][841][839][840].',
    ),
  concurrency: (retryAfter: number | null) =>
    new GraphError(
      429,
      'ApplicationThrottled',
      'Application is over its MailboxConcurrency limit.',
      retryAfter === null ? {} : { 'retry-after': String(retryAfter) },
    ),
  invalidBatch: (message: string) => new GraphError(400, 'BadRequest', message),
}
