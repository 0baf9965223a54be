import * as oauth from 'oauth4webapi'
import { ImportFailure } from '../../../../domain/failures.ts'
import type { Account } from '../../../../domain/reports.ts'
import { decodeBase64url } from '../../../../formats/base64url.ts'
import {
  atTenant,
  authorityUrl,
  DEFAULT_AUTHORITY,
  isOnThisMachine,
  metadataPaths,
} from '../entra/authority-address.ts'
import { accountOf, isClaim } from '../entra/claims.ts'
import { type AnnouncedIssuer, announcedIssuer, issuerOfTenant } from '../entra/response-issuer.ts'
import { serviceAddress } from '../entra/service-address.ts'
import { requestMetadata, tokenFetch } from './authority-requests.ts'

/** The app registration, and where its users sign in. */
export interface OAuthClientOptions {
  /** Application (client) id of the app registration. */
  readonly clientId: string
  /** Default: `https://login.microsoftonline.com/common`. Plain http for a provider on this machine. */
  readonly authority?: string
  /** A tenant's id or domain, which replaces the one in `authority`. */
  readonly tenant?: string
  /** Where our page of sign-in tabs is. */
  readonly redirectUri: string
  readonly scopes: readonly string[]
  /** For one request, in ms. */
  readonly timeLimit: number
  readonly fetch?: typeof fetch
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
  address(secrets: SignInSecrets, prompt: SignInPrompt): Promise<string>
  /** Throws as `tokenFetch` does, and `bad-answer` if the tokens are not for this sign-in. */
  redeem(answer: URLSearchParams, secrets: SignInSecrets, signal: AbortSignal): Promise<GrantedTokens>
  /** @param claims those that Graph demands, as JSON text */
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

/**
 * A client of one app registration for pages. Asks the authority for its metadata first. Throws as `authorityUrl` and
 * `requestMetadata` do, and `app-misconfigured` if there is no metadata.
 */
export const oauthClient = async (options: OAuthClientOptions, signal: AbortSignal): Promise<OAuthClient> => {
  const { redirectUri, timeLimit } = options
  const authority = atTenant(options.authority ?? DEFAULT_AUTHORITY, options.tenant)
  const metadata = await metadataOf(authorityUrl(authority), options, signal)
  const client: oauth.Client = {
    client_id: options.clientId,
    // The token comes from the authority itself and has our nonce, so its age proves nothing. The clock of a device may be
    // wrong by hours or, without a battery, by years.
    [oauth.clockTolerance]: 100 * 365 * 86_400,
  }
  const scope = ['openid', 'profile', 'offline_access', ...options.scopes].join(' ')
  const request = {
    [oauth.customFetch]: tokenFetch({ timeLimit, ...(options.fetch && { fetch: options.fetch }) }),
    [oauth.allowInsecureRequests]: isOnThisMachine(metadata.token_endpoint),
  }
  return {
    announced: announcedIssuer(metadata),

    address: async ({ state, nonce, verifier }, { prompt, ...rest }) => {
      const address = new URL(metadata.authorization_endpoint)
      const parameters = {
        client_id: options.clientId,
        response_type: 'code',
        // The code must not be part of an address that is sent to a server.
        response_mode: 'fragment',
        redirect_uri: redirectUri,
        scope,
        state,
        nonce,
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        claims: withCapabilities(),
        ...(prompt !== undefined && { prompt }),
        ...('loginHint' in rest && { login_hint: rest.loginHint }),
      }
      for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value)
      const checked = serviceAddress(address.href)
      if (checked === null) throw new ImportFailure('app-misconfigured')
      return checked
    },

    redeem: async (answer, { nonce, state, verifier }, redeeming) => {
      // The issuer of the answer is checked before, because Entra's metadata names no single one.
      const own = new URLSearchParams({ code: answer.get('code') ?? '', state: answer.get('state') ?? '' })
      const as = { ...metadata, authorization_response_iss_parameter_supported: false }
      return validly(async () => {
        const callback = oauth.validateAuthResponse(as, client, own, state)
        const additionalParameters = { scope, claims: withCapabilities() }
        const response = await oauth.authorizationCodeGrantRequest(
          as,
          client,
          oauth.None(),
          callback,
          redirectUri,
          verifier,
          { ...request, additionalParameters, signal: redeeming },
        )
        const issued = await withIssuer(as, response)
        const checks = { expectedNonce: nonce, requireIdToken: true }
        return granted(await oauth.processAuthorizationCodeResponse(issued, client, response, checks), scope)
      })
    },

    refresh: (refreshToken, claims, refreshing) =>
      validly(async () => {
        const response = await oauth.refreshTokenGrantRequest(metadata, client, oauth.None(), refreshToken, {
          ...request,
          additionalParameters: { scope, claims: withCapabilities(claims) },
          signal: refreshing,
        })
        const issued = await withIssuer(metadata, response)
        return granted(await oauth.processRefreshTokenResponse(issued, client, response), scope)
      }),
  }
}

type Metadata = oauth.AuthorizationServer & {
  readonly authorization_endpoint: string
  readonly token_endpoint: string
}

const metadataOf = async (
  authority: URL,
  { timeLimit, fetch }: OAuthClientOptions,
  signal: AbortSignal,
): Promise<Metadata> => {
  const base = authority.href.replace(/\/+$/, '')
  for (const path of metadataPaths) {
    const found = await requestMetadata(base + path, { timeLimit, signal, ...(fetch && { fetch }) })
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

/** With the issuer that tokens of this tenant have, if the metadata is that of many tenants. */
const withIssuer = async (as: Metadata, response: Response): Promise<Metadata> => {
  const { id_token: token } = (await response.clone().json()) as { readonly id_token?: unknown }
  const tenant: unknown = Reflect.get(claimsIn(token), 'tid')
  return { ...as, issuer: issuerOfTenant(as.issuer, tenant) }
}

const claimsIn = (token: unknown): object => {
  try {
    const part = typeof token === 'string' ? (token.split('.')[1] ?? '') : ''
    return Object(JSON.parse(new TextDecoder().decode(decodeBase64url(part)))) as object
  } catch {
    return {}
  }
}

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

/** An authority that names no scopes granted those that were requested (RFC 6749, section 5.1). */
const granted = (answer: oauth.TokenEndpointResponse, requested: string): GrantedTokens => {
  const claims = oauth.getValidatedIdTokenClaims(answer)
  return {
    accessToken: answer.access_token,
    lifetime: answer.expires_in === undefined ? null : answer.expires_in * 1000,
    refreshToken: answer.refresh_token ?? null,
    scopes: (answer.scope ?? requested).split(' '),
    account: claims === undefined ? null : accountIn(claims),
  }
}

/** A provider that is not Entra may have no ids of tenant and object: then `iss` and `sub` name the account (OpenID Connect Core, section 2). */
const accountIn = (claims: oauth.IDToken): Account => {
  const account = accountOf(claims)
  const id = account.id ?? `${claims.iss} ${claims.sub}`
  if (!isClaim(id)) throw new ImportFailure('bad-answer')
  return { ...account, id }
}

/** Tells Graph that it may demand claims (continuous access evaluation), and passes on those that it demands. */
const withCapabilities = (demanded?: string): string => {
  const claims = objectOf(demanded)
  const accessToken = objectOf(JSON.stringify(Reflect.get(claims, 'access_token') ?? {}))
  return JSON.stringify({ ...claims, access_token: { ...accessToken, xms_cc: { values: ['CP1'] } } })
}

const objectOf = (text: string | undefined): object => {
  try {
    const value: unknown = JSON.parse(text ?? '{}')
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}
