import { issuerOf } from './answer-issuer.ts'
import { CLIENT_ID } from './apps.ts'

export interface SignInOptions {
  readonly clientId: string
  readonly authority: string
  readonly knownAuthorities: readonly [string]
  readonly authorityMetadata: string
  /** Invented tokens stay out of the user's key store. */
  readonly keyStore: null
}

/**
 * The options with which MSAL can sign in here. It insists on an https authority but accepts any endpoints in
 * `authorityMetadata`: the invented host is never contacted, and separates the sandbox's accounts from real ones in a
 * token cache.
 */
export const signInOptions = (origin: string): SignInOptions => ({
  clientId: CLIENT_ID,
  authority: 'https://login.sandbox.localhost/common',
  knownAuthorities: ['login.sandbox.localhost'],
  authorityMetadata: JSON.stringify({
    issuer: issuerOf(origin),
    authorization_response_iss_parameter_supported: true,
    authorization_endpoint: `${origin}/common/oauth2/v2.0/authorize`,
    token_endpoint: `${origin}/common/oauth2/v2.0/token`,
    end_session_endpoint: `${origin}/common/oauth2/v2.0/logout`,
    jwks_uri: `${origin}/common/discovery/v2.0/keys`,
  }),
  keyStore: null,
})
