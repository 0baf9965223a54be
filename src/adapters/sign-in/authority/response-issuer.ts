/** What an authority's metadata says about the `iss` of its authorization responses. */
export interface AnnouncedIssuer {
  /** The issuer identifier (RFC 8414, section 2); null if the metadata has none. */
  readonly issuer: string | null
  /** Whether every response has an `iss` (`authorization_response_iss_parameter_supported`). */
  readonly isSent: boolean
}

/** Entra's metadata of `common` and `organizations` has this instead of the id of the tenant that signs in. */
const ANY_TENANT = '{tenantid}'
const tenantId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Reads metadata (OpenID Connect Discovery 1.0, RFC 8414). */
export const announcedIssuer = (metadata: object): AnnouncedIssuer => {
  const issuer: unknown = Reflect.get(metadata, 'issuer')
  return {
    issuer: typeof issuer === 'string' && issuer !== '' ? issuer : null,
    isSent: Reflect.get(metadata, 'authorization_response_iss_parameter_supported') === true,
  }
}

/**
 * Whether an authorization response, successful or not, comes from this issuer as far as that can be checked. A code
 * from another issuer must not be redeemed: another authority may have had it sent here in order to learn it (mix-up
 * attack, RFC 9207). Issuers are compared character by character (section 2.4), so an extra slash makes another
 * issuer.
 */
export const isFromIssuer = (answer: URLSearchParams, { issuer, isSent }: AnnouncedIssuer): boolean => {
  const sent = answer.get('iss')
  if (sent === null) return !isSent
  if (issuer === null) return false
  const [before = '', after, ...more] = issuer.split(ANY_TENANT)
  if (after === undefined || more.length > 0) return sent === issuer
  const tenant = sent.slice(before.length, sent.length - after.length)
  return tenantId.test(tenant) && sent === before + tenant + after
}

/** The issuer of a tenant's tokens, from the issuer in the metadata, which may be that of many tenants. */
export const issuerOfTenant = (issuer: string, tenant: unknown): string =>
  typeof tenant === 'string' && tenantId.test(tenant) ? issuer.replace(ANY_TENANT, tenant) : issuer
