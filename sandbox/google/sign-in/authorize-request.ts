import type { Settings } from '../../settings.ts'
import { appOf, isRedirectOf } from '../apps.ts'
import { isKnownScope, readScopes } from './scopes.ts'

/** A request for a sign-in that can be answered. */
export interface AuthorizeRequest {
  readonly clientId: string
  readonly redirectUri: string
  readonly responseMode: 'query' | 'fragment' | 'form_post'
  /** As Google grants them, in the order of the request. */
  readonly scopes: readonly string[]
  readonly state: string | null
  readonly nonce: string | null
  readonly challenge: { readonly value: string; readonly method: string } | null
  readonly offline: boolean
  readonly includeGranted: boolean
  readonly prompt: ReadonlySet<string>
  readonly hint: string | null
}

/** Why a request is refused on a page without a way back to the app. */
export interface Blocked {
  readonly status: number
  readonly error: string
  readonly text: string
}

const modes = ['query', 'fragment', 'form_post'] as const

/** Reads a request. Google redirects no mistake of the app: all of them end on its own page. */
export const readAuthorizeRequest = (
  query: URLSearchParams,
  settings: Settings,
): AuthorizeRequest | Blocked => {
  const clientId = query.get('client_id') ?? ''
  const app = appOf(clientId)
  if (app === undefined) return blocked('invalid_client', 'The OAuth client was not found.', 401)
  const redirectUri = query.get('redirect_uri') ?? ''
  if (!isRedirectOf(app, redirectUri, settings))
    return blocked('redirect_uri_mismatch', `The address ${redirectUri} is not registered for this app.`)
  if (query.get('response_type') !== 'code')
    return blocked('unsupported_response_type', 'Invalid response_type.')
  const responseMode = modes.find((mode) => mode === (query.get('response_mode') ?? 'query'))
  if (responseMode === undefined) return blocked('invalid_request', 'Invalid response_mode.')
  const scopes = readScopes(query.get('scope') ?? '')
  if (scopes.length === 0) return blocked('invalid_request', 'Missing required parameter: scope')
  const unknown = scopes.filter((scope) => !isKnownScope(scope))
  if (unknown.length > 0)
    return blocked('invalid_scope', `Some requested scopes were invalid: ${unknown.join(', ')}`)
  const challenge = query.get('code_challenge')
  const method = query.get('code_challenge_method') ?? 'plain'
  if (challenge !== null && !['S256', 'plain'].includes(method))
    return blocked('invalid_request', 'Invalid code_challenge_method.')
  return {
    clientId,
    redirectUri,
    responseMode,
    scopes,
    state: query.get('state'),
    nonce: query.get('nonce'),
    challenge: challenge === null ? null : { value: challenge, method },
    offline: query.get('access_type') === 'offline',
    includeGranted: query.get('include_granted_scopes') === 'true',
    prompt: new Set((query.get('prompt') ?? '').split(' ')),
    hint: query.get('login_hint'),
  }
}

const blocked = (error: string, text: string, status = 400): Blocked => ({ status, error, text })
