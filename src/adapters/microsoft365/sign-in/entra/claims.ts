import type { Account } from '../../../../domain/reports.ts'
import { decodeBase64url } from '../../../../formats/base64url.ts'

/** In characters. An e-mail address has at most 320 (RFC 5321, section 4.5.3.1), a name in Entra 256. */
const LONGEST = 1024

/** Whether a claim can be a name or an id. A provider can put anything into it. */
export const isClaim = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= LONGEST

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
export const accountOfToken = (token: string): Account => {
  try {
    const claims: unknown = JSON.parse(new TextDecoder().decode(decodeBase64url(token.split('.')[1] ?? '')))
    return typeof claims === 'object' && claims !== null ? accountOf(claims) : { id: null }
  } catch {
    return { id: null }
  }
}
