import type { AuthenticationResult } from '@azure/msal-node'
import type { Account } from '../../../../domain/reports.ts'
import { decodeBase64url } from '../../../../formats/base64url.ts'

/** Who signed in, by the claims of an id token or an access token (Microsoft docs: "ID token claims reference"). */
export const accountOf = (claims: object): Account => {
  const text = (...names: string[]): string | undefined =>
    names
      .map((name): unknown => Reflect.get(claims, name))
      .find((value) => typeof value === 'string' && value !== '') as string | undefined
  const [tenant, object] = [text('tid'), text('oid')]
  const [username, name] = [text('preferred_username', 'upn', 'unique_name', 'email'), text('name')]
  return {
    id: tenant === undefined || object === undefined ? null : `${tenant}.${object}`,
    ...(username !== undefined && { username }),
    ...(name !== undefined && { name }),
  }
}

/**
 * Whose access token this is, by the claims of a JWT (RFC 7519); `{ id: null }` for any other token. The
 * signature is not checked: the claims only tell accounts apart, and the token is for Graph to accept.
 */
export const accountOfToken = (token: string): Account => {
  try {
    const claims: unknown = JSON.parse(new TextDecoder().decode(decodeBase64url(token.split('.')[1] ?? '')))
    return typeof claims === 'object' && claims !== null ? accountOf(claims) : { id: null }
  } catch {
    return { id: null }
  }
}

/** MSAL finds an id where the claims have none (an OpenID provider that is not Entra). */
export const accountOfResult = ({
  account,
  idTokenClaims,
  tenantId,
  uniqueId,
}: AuthenticationResult): Account => {
  const claimed = accountOf(idTokenClaims)
  return {
    ...claimed,
    id: claimed.id ?? `${tenantId}.${uniqueId}`,
    ...(claimed.username === undefined && account?.username && { username: account.username }),
  }
}
