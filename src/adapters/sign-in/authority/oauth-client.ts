import * as oauth from 'oauth4webapi'
import { ImportFailure } from '../../../domain/failures.ts'
import type { Account } from '../../../domain/reports.ts'
import { isLoopbackHost } from '../../../formats/loopback-host.ts'
import { requestMetadata, tokenFetch } from './authority-requests.ts'
import { isClaim } from './claims.ts'
import { type AnnouncedIssuer, announcedIssuer } from './response-issuer.ts'
import { serviceAddress } from './service-address.ts'

/** How the metadata of an authority is requested. */
export interface MetadataOptions {
  /** For one request, in ms. */
  readonly timeLimit: number
  readonly fetch?: typeof fetch
}

/** The metadata of an authority (OpenID Connect Discovery 1.0), as far as a sign-in needs it. */
export type Metadata = oauth.AuthorizationServer & {
  readonly authorization_endpoint: string
  readonly token_endpoint: string
}

/** The app registration, and what its authority expects. */
export interface OAuthRegistration extends MetadataOptions {
  readonly metadata: Metadata
  readonly clientId: string
  /** For authorities that give one even to apps that cannot keep it secret. Default: none. */
  readonly clientSecret?: string
  /** With those of OpenID Connect. */
  readonly scopes: readonly string[]
  /** Further parameters of the sign-in page's address; they take precedence. */
  readonly addressParameters?: (prompt: SignInPrompt['prompt']) => Readonly<Record<string, string>>
  /** Further parameters of a request for tokens; `claims` are those that the service demands, as JSON text. */
  readonly tokenParameters?: (claims?: string) => Readonly<Record<string, string>>
  /** The issuer that the tokens in this answer must have. Default: that of the metadata. */
  readonly issuerOf?: (answer: unknown) => string
  readonly accountOf: (claims: oauth.IDToken) => Account
}

/** The secrets of one sign-in, in memory only. */
export interface SignInSecrets {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

export interface GrantedTokens {
  readonly accessToken: string
  /** In ms from now; null if the authority does not say. */
  readonly lifetime: number | null
  /** Null if the authority gave none. */
  readonly refreshToken: string | null
  readonly scopes: readonly string[]
  /** Null if the answer names no account: an answer to a refresh may not. */
  readonly account: Account | null
}

export interface OAuthClient {
  readonly announced: AnnouncedIssuer
  /** Where the person signs in. Throws `app-misconfigured` if that is no address that may be opened. */
  address(secrets: SignInSecrets, prompt: SignInPrompt, redirectUri: string): Promise<string>
  /** Throws as `tokenFetch` does, and `bad-answer` if the tokens are not for this sign-in. */
  redeem(
    answer: URLSearchParams,
    secrets: SignInSecrets,
    redirectUri: string,
    signal: AbortSignal,
  ): Promise<GrantedTokens>
  /** @param claims those that the service demands, as JSON text */
  refresh(refreshToken: string, claims: string | undefined, signal: AbortSignal): Promise<GrantedTokens>
}

/** `none`: the authority answers without a page, or refuses. */
export type SignInPrompt =
  { readonly prompt: 'select_account' } | { readonly prompt?: 'none'; readonly loginHint: string }

export const newSecrets = (): SignInSecrets => ({
  state: oauth.generateRandomState(),
  nonce: oauth.generateRandomNonce(),
  verifier: oauth.generateRandomCodeVerifier(),
})

/** A client of one app registration: authorization code with PKCE (RFC 7636). */
export const oauthClient = (registration: OAuthRegistration): OAuthClient => {
  const { metadata, clientId, clientSecret, timeLimit, accountOf } = registration
  const {
    addressParameters = () => ({}),
    tokenParameters = () => ({}),
    issuerOf = () => metadata.issuer,
  } = registration
  const client: oauth.Client = {
    client_id: clientId,
    // The token comes from the authority itself and has our nonce, so its age proves nothing. The clock of a device may be
    // wrong by hours or, without a battery, by years.
    [oauth.clockTolerance]: 100 * 365 * 86_400,
  }
  const identity = clientSecret === undefined ? oauth.None() : oauth.ClientSecretPost(clientSecret)
  const scope = registration.scopes.join(' ')
  const request = {
    [oauth.customFetch]: tokenFetch({ timeLimit, ...(registration.fetch && { fetch: registration.fetch }) }),
    [oauth.allowInsecureRequests]: isLoopbackHost(new URL(metadata.token_endpoint).hostname),
  }
  const withIssuer = async (response: Response): Promise<Metadata> => ({
    ...metadata,
    issuer: issuerOf(await response.clone().json()),
  })
  const granted = (answer: oauth.TokenEndpointResponse): GrantedTokens => {
    const claims = oauth.getValidatedIdTokenClaims(answer)
    return {
      accessToken: answer.access_token,
      lifetime: answer.expires_in === undefined ? null : answer.expires_in * 1000,
      refreshToken: answer.refresh_token ?? null,
      // An authority that names no scopes granted those that were requested (RFC 6749, section 5.1).
      scopes: (answer.scope ?? scope).split(' '),
      account: claims === undefined ? null : accountOf(claims),
    }
  }
  return {
    announced: announcedIssuer(metadata),

    address: async ({ state, nonce, verifier }, { prompt, ...rest }, redirectUri) => {
      const address = new URL(metadata.authorization_endpoint)
      const parameters = {
        client_id: clientId,
        response_type: 'code',
        redirect_uri: redirectUri,
        scope,
        state,
        nonce,
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...(prompt !== undefined && { prompt }),
        ...('loginHint' in rest && { login_hint: rest.loginHint }),
        ...addressParameters(prompt),
      }
      for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value)
      const checked = serviceAddress(address.href)
      if (checked === null) throw new ImportFailure('app-misconfigured')
      return checked
    },

    redeem: async (answer, { nonce, state, verifier }, redirectUri, signal) => {
      // The issuer of the answer is checked before, because the metadata of many tenants names no single one.
      const own = new URLSearchParams({ code: answer.get('code') ?? '', state: answer.get('state') ?? '' })
      const as = { ...metadata, authorization_response_iss_parameter_supported: false }
      return validly(async () => {
        const callback = oauth.validateAuthResponse(as, client, own, state)
        const additionalParameters = tokenParameters()
        const response = await oauth.authorizationCodeGrantRequest(
          as,
          client,
          identity,
          callback,
          redirectUri,
          verifier,
          { ...request, additionalParameters, signal },
        )
        const issued = await withIssuer(response)
        const checks = { expectedNonce: nonce, requireIdToken: true }
        return granted(await oauth.processAuthorizationCodeResponse(issued, client, response, checks))
      })
    },

    refresh: (refreshToken, claims, signal) =>
      validly(async () => {
        const response = await oauth.refreshTokenGrantRequest(metadata, client, identity, refreshToken, {
          ...request,
          additionalParameters: tokenParameters(claims),
          signal,
        })
        const issued = await withIssuer(response)
        return granted(await oauth.processRefreshTokenResponse(issued, client, response))
      }),
  }
}

/**
 * The metadata at the first of these addresses that has some. Throws as `requestMetadata` does, and `app-misconfigured` if
 * none has.
 */
export const metadataAt = async (
  addresses: readonly string[],
  { timeLimit, fetch }: MetadataOptions,
  signal: AbortSignal,
): Promise<Metadata> => {
  for (const address of addresses) {
    const found = await requestMetadata(address, { timeLimit, signal, ...(fetch && { fetch }) })
    if (found !== null && isMetadata(found)) return found
  }
  throw new ImportFailure('app-misconfigured')
}

/** Codes and tokens must not leave this machine unencrypted. */
const isMetadata = (document: object): document is Metadata =>
  isClaim(Reflect.get(document, 'issuer')) &&
  ['authorization_endpoint', 'token_endpoint'].every(
    (name) => serviceAddress(Reflect.get(document, name)) !== null,
  )

/** The library's errors mean that the answer is not one to our request. They may contain tokens, so they are no cause. */
const validly = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    if (error instanceof oauth.OperationProcessingError || error instanceof oauth.UnsupportedOperationError)
      throw new ImportFailure('bad-answer')
    throw error
  }
}
