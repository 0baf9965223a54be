import type { AuthenticationResult } from '@azure/msal-node'
import type { Account } from '../../../../domain/reports.ts'

/** Who signed in, by the claims of the id token or of a brought token (Microsoft docs: "ID token claims reference"). */
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
