import { createHash } from 'node:crypto'
import type { Answer } from '../../graph/answer.ts'
import type { Settings } from '../../settings.ts'
import { appOf } from '../apps.ts'
import { googleAnswer, GoogleError, oauthError, recordedError } from '../google-error.ts'
import type { CodeIssue, Grants, Issue } from './grants.ts'
import { idToken } from './id-token.ts'

export interface TokenParts {
  readonly issuer: string
  readonly settings: Settings
  readonly grants: Grants
}

const refuse = (status: number, error: string, description: string): never => {
  throw new GoogleError(oauthError(status, error, description))
}

/** Redeems a code or a refresh token. Throws `GoogleError` for everything that Google refuses. */
export const tokenAnswer = async (
  parts: TokenParts,
  form: URLSearchParams,
  authorization: string | undefined,
): Promise<Answer> => {
  const clientId = checkedClient(form, authorization)
  switch (form.get('grant_type')) {
    case 'authorization_code':
      return redeemed(parts, clientId, form)
    case 'refresh_token': {
      const issue = parts.grants.refresh(form.get('refresh_token'))
      if (issue?.grant.clientId !== clientId) throw new GoogleError(recordedError('invalid-grant'))
      return answerFor(parts, issue, null, {})
    }
    default:
      return refuse(400, 'unsupported_grant_type', `Invalid grant_type: ${form.get('grant_type') ?? ''}`)
  }
}

/** Ends the grant of the person and app that a token belongs to. */
export const revocationAnswer = (grants: Grants, token: string): Answer =>
  grants.revokeToken(token) ? googleAnswer(200, {}) : googleAnswer(400, { error: 'invalid_token' })

/** Every client has to send its secret, PKCE or not. */
const checkedClient = (form: URLSearchParams, authorization: string | undefined): string => {
  const basic = /^Basic +(.*)$/i.exec(authorization ?? '')?.[1]
  const [id, secret] =
    basic === undefined
      ? [form.get('client_id'), form.get('client_secret')]
      : Buffer.from(basic, 'base64').toString('utf8').split(':', 2).map(decodeURIComponent)
  const app = appOf(id ?? null)
  if (app === undefined) return refuse(401, 'invalid_client', 'The OAuth client was not found.')
  if ((secret ?? '') === '') return refuse(400, 'invalid_request', 'client_secret is missing.')
  return secret === app.clientSecret ? app.clientId : refuse(401, 'invalid_client', 'Unauthorized')
}

const redeemed = async (parts: TokenParts, clientId: string, form: URLSearchParams): Promise<Answer> => {
  const issue = parts.grants.useCode(form.get('code'))
  if (issue?.grant.clientId !== clientId) return refuse(400, 'invalid_grant', 'Malformed auth code.')
  if (form.get('redirect_uri') !== issue.redirectUri)
    return refuse(400, 'redirect_uri_mismatch', 'Bad Request')
  checkVerifier(issue, form.get('code_verifier'))
  const { grant, scopes, offline, nonce } = issue
  return answerFor(
    parts,
    issue,
    nonce,
    offline ? { refresh_token: parts.grants.issueRefresh(grant, scopes) } : {},
  )
}

/** PKCE (RFC 7636, section 4.6). */
const checkVerifier = ({ challenge }: CodeIssue, verifier: string | null): void => {
  if (challenge === null) return
  if (verifier === null) refuse(400, 'invalid_grant', 'Missing code verifier.')
  const shown =
    challenge.method === 'S256'
      ? createHash('sha256')
          .update(verifier ?? '')
          .digest('base64url')
      : verifier
  if (shown !== challenge.value) refuse(400, 'invalid_grant', 'Invalid code verifier.')
}

const answerFor = async (
  { issuer, settings, grants }: TokenParts,
  { grant, scopes }: Issue,
  nonce: string | null,
  refresh: { readonly refresh_token?: string },
): Promise<Answer> =>
  googleAnswer(200, {
    access_token: grants.issueAccess(grant, scopes),
    // A second has passed since Google issued it.
    expires_in: Math.max(1, settings.current.accessTokenLifetime - 1),
    ...refresh,
    scope: scopes.join(' '),
    token_type: 'Bearer',
    ...(scopes.includes('openid') && {
      id_token: await idToken({ issuer, clientId: grant.clientId, person: grant.person, scopes, nonce }),
    }),
  })
