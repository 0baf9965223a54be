import { ImportFailure } from '../../../domain/failures.ts'
import type { Account } from '../../../domain/reports.ts'
import { serviceUrl } from '../../http/service-url.ts'
import { claimsIn, isClaim } from '../../sign-in/authority/claims.ts'
import { CONTACTS_SCOPE, type GoogleClientOptions } from './google-scopes.ts'
import {
  metadataAt,
  type MetadataOptions,
  oauthClient,
  type OAuthClient,
} from '../../sign-in/authority/oauth-client.ts'

const DEFAULT_AUTHORITY = 'https://accounts.google.com'

/** `openid` and `email` say who signed in, so that a different account is noticed and shown. */
const scopes = ['openid', 'email', 'profile', CONTACTS_SCOPE]

/**
 * Asks Google for its metadata first. Throws as `metadataAt` does, and `app-misconfigured` for an authority to which no code may be
 * sent.
 *
 * @param responseMode how Google returns the code: in a posted form, or in the fragment of an address, which no server sees. The code
 *   must not be part of an address that browsers keep in their history
 */
export const googleClient = async (
  options: GoogleClientOptions & MetadataOptions,
  responseMode: 'form_post' | 'fragment',
  signal: AbortSignal,
): Promise<OAuthClient> => {
  const base = serviceUrl(options.authority ?? DEFAULT_AUTHORITY).href.replace(/\/+$/, '')
  const metadata = await metadataAt([`${base}/.well-known/openid-configuration`], options, signal)
  return oauthClient({
    ...{ metadata, scopes, clientId: options.clientId, timeLimit: options.timeLimit },
    ...(options.clientSecret !== undefined && { clientSecret: options.clientSecret }),
    ...(options.fetch && { fetch: options.fetch }),
    addressParameters: (prompt) => ({
      response_mode: responseMode,
      access_type: 'offline',
      // Google gives a refresh token only if the person consents.
      prompt: prompt === undefined ? 'consent' : prompt === 'none' ? 'none' : `${prompt} consent`,
    }),
    issuerOf: (answer) => issuerIn(answer, metadata.issuer),
    accountOf: accountIn,
  })
}

/** Google's tokens name it with or without `https://` (Google: "OpenID Connect", ID token's payload). */
const issuerIn = (answer: unknown, issuer: string): string => {
  const token: unknown = Reflect.get(Object(answer) as object, 'id_token')
  const named: unknown = Reflect.get(claimsIn(token), 'iss')
  return named === issuer.replace('https://', '') ? named : issuer
}

const accountIn = (claims: object): Account => {
  const claim = (name: string) => {
    const value: unknown = Reflect.get(claims, name)
    return isClaim(value) ? value : undefined
  }
  const [id, username, name] = [claim('sub'), claim('email'), claim('name')]
  if (id === undefined) throw new ImportFailure('bad-answer')
  return { id, ...(username !== undefined && { username }), ...(name !== undefined && { name }) }
}
