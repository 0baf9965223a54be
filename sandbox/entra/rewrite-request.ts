import { IncomingMessage } from 'node:http'
import { readText } from '../read-text.ts'
import { hasFullScopes, shortScopes } from './scopes.ts'

const DEVICE_CODE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code'

export interface RewrittenRequest {
  readonly request: IncomingMessage
  /** Whether Graph's scopes were requested by their full URL. */
  readonly fullScopes: boolean
  readonly body: URLSearchParams
}

/**
 * Rewrites what Entra accepts but oidc-provider does not into what both accept: any tenant in the path, scopes by full
 * URL, the grant type `device_code` (MSAL), and `offline_access` in a refresh.
 */
export const rewriteRequest = async (incoming: IncomingMessage): Promise<RewrittenRequest> => {
  const url = new URL(incoming.url ?? '/', 'http://localhost')
  url.pathname = url.pathname
    .replace(/^\/[^/]+\/(oauth2|discovery)\//, '/common/$1/')
    .replace(/^\/[^/]+\/v2\.0\/\.well-known\//, '/.well-known/')
  const asked = url.searchParams.get('scope')
  if (asked !== null) url.searchParams.set('scope', shortScopes(asked))

  const body = new URLSearchParams(incoming.method === 'POST' ? await readText(incoming) : '')
  const scope = body.get('scope')
  if (scope !== null) {
    const refresh = body.get('grant_type') === 'refresh_token'
    body.set('scope', refresh ? without(shortScopes(scope), 'offline_access') : shortScopes(scope))
  }
  if (body.get('grant_type') === 'device_code') body.set('grant_type', DEVICE_CODE_GRANT)

  return {
    request: withBody(incoming, url.pathname + url.search, body.toString()),
    fullScopes: hasFullScopes(scope ?? asked ?? ''),
    body,
  }
}

const without = (scopes: string, unwanted: string): string =>
  scopes
    .split(' ')
    .filter((scope) => scope !== unwanted)
    .join(' ')

/** A copy of the request with another address and body, because a stream cannot be rewound. */
const withBody = (incoming: IncomingMessage, url: string, body: string): IncomingMessage => {
  const request = new IncomingMessage(incoming.socket)
  request.method = incoming.method ?? 'GET'
  request.url = url
  request.headers = { ...incoming.headers }
  request.httpVersion = incoming.httpVersion
  // Otherwise Node treats the end of the copy as a broken connection and destroys it.
  request.complete = true
  if (incoming.method === 'POST') {
    request.headers['content-length'] = Buffer.byteLength(body).toString()
    request.push(body)
  }
  request.push(null)
  return request
}
