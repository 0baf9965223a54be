import type { Account } from '../../../../domain/reports.ts'
import { claimsIn, isClaim } from '../../../sign-in/authority/claims.ts'

/** Who signed in, from the claims of an id token or an access token (Microsoft docs: "ID token claims reference"). */
export const accountOf = (claims: object): Account => {
  const text = (...names: string[]): string | undefined =>
    names.map((name): unknown => Reflect.get(claims, name)).find(isClaim)
  const [tenant, object] = [text('tid'), text('oid')]
  const [username, name] = [text('preferred_username', 'upn', 'unique_name', 'email'), text('name')]
  return {
    id: tenant === undefined || object === undefined ? null : `${tenant}.${object}`,
    ...(username !== undefined && { username }),
    ...(name !== undefined && { name }),
  }
}

/**
 * The account of an access token, from the claims of a JWT (RFC 7519). They are not verified: they only distinguish
 * accounts, and Graph decides whether the token is valid. The id is null if the token is opaque.
 */
export const accountOfToken = (token: string): Account => accountOf(claimsIn(token))
