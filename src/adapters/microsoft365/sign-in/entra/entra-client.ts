import type { IDToken } from 'oauth4webapi'
import { ImportFailure } from '../../../../domain/failures.ts'
import type { Account } from '../../../../domain/reports.ts'
import { claimsIn, isClaim } from '../../../sign-in/authority/claims.ts'
import {
  metadataAt,
  type MetadataOptions,
  oauthClient,
  type OAuthClient,
} from '../../../sign-in/authority/oauth-client.ts'
import { issuerOfTenant } from '../../../sign-in/authority/response-issuer.ts'
import { atTenant, authorityUrl, DEFAULT_AUTHORITY, metadataPaths } from './authority-address.ts'
import { accountOf } from './claims.ts'

/** The app registration, and where its users sign in. */
export interface EntraClientOptions extends MetadataOptions {
  /** Application (client) id of the app registration. */
  readonly clientId: string
  /** Default: `https://login.microsoftonline.com/common`. Plain http for a provider on this machine. */
  readonly authority?: string
  /** A tenant's id or domain, which replaces the one in `authority`. */
  readonly tenant?: string
  readonly scopes: readonly string[]
}

/**
 * A client of one app registration for pages. Asks the authority for its metadata first. Throws as `authorityUrl` and
 * `metadataAt` do.
 */
export const entraClient = async (options: EntraClientOptions, signal: AbortSignal): Promise<OAuthClient> => {
  const authority = atTenant(options.authority ?? DEFAULT_AUTHORITY, options.tenant)
  const base = authorityUrl(authority).href.replace(/\/+$/, '')
  const metadata = await metadataAt(
    metadataPaths.map((path) => base + path),
    options,
    signal,
  )
  const scopes = ['openid', 'profile', 'offline_access', ...options.scopes]
  return oauthClient({
    ...{ metadata, scopes, clientId: options.clientId, timeLimit: options.timeLimit },
    ...(options.fetch && { fetch: options.fetch }),
    // The code must not be part of an address that is sent to a server.
    addressParameters: () => ({ response_mode: 'fragment', claims: withCapabilities() }),
    tokenParameters: (claims) => ({ scope: scopes.join(' '), claims: withCapabilities(claims) }),
    issuerOf: (answer) => {
      const token: unknown = Reflect.get(Object(answer) as object, 'id_token')
      return issuerOfTenant(metadata.issuer, Reflect.get(claimsIn(token), 'tid'))
    },
    accountOf: accountIn,
  })
}

/** A provider that is not Entra may have no ids of tenant and object: then `iss` and `sub` name the account (OpenID Connect Core, section 2). */
const accountIn = (claims: IDToken): Account => {
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
