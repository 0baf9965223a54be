import { ImportFailure } from '../../../../domain/failures.ts'
import { isLoopbackHost } from '../../../../formats/loopback-host.ts'

/** Hosts of the clouds whose endpoints MSAL knows (Microsoft docs: "National clouds"). */
const microsoftHosts = /^login\.(microsoftonline\.(com|us)|partner\.microsoftonline\.cn)$/

/** External tenants, whose host has the name of the tenant (Microsoft docs: "Microsoft Entra External ID"). */
const namesItsTenant = /\.ciamlogin\.com$/

/** Where people sign in if an app names no authority. */
export const DEFAULT_AUTHORITY = 'https://login.microsoftonline.com/common'

/**
 * The address of an authority. An address of Microsoft without a tenant is taken for `common`. Throws `app-misconfigured`
 * for another one without a tenant, and for plain http to another machine.
 */
export const authorityUrl = (authority: string): URL => {
  if (!URL.canParse(authority)) throw new ImportFailure('app-misconfigured')
  const url = new URL(authority)
  if (url.protocol === 'https:') {
    if (url.pathname === '/') {
      // Without a tenant, MSAL would open the page of a tenant named "undefined".
      if (isMicrosofts(url)) url.pathname = '/common'
      else if (!namesItsTenant.test(url.hostname)) throw new ImportFailure('app-misconfigured')
    }
    return url
  }
  if (url.protocol !== 'http:' || !isLoopbackHost(url.hostname)) throw new ImportFailure('app-misconfigured')
  return url
}

/** Whether Microsoft runs the authority, so that its tenants share the host. */
export const isMicrosofts = (authority: URL): boolean => microsoftHosts.test(authority.hostname)

/** The same authority with another tenant: an id or a domain. */
export const atTenant = (authority: string, tenant: string | undefined): string =>
  tenant === undefined || !URL.canParse(authority)
    ? authority
    : new URL(`/${encodeURIComponent(tenant)}`, authority).href

/** Whether an authority is a local stand-in for the real one. Its tokens need no protection. */
export const isOnThisMachine = (authority: string): boolean =>
  URL.canParse(authority) && isLoopbackHost(new URL(authority).hostname)

/** Entra's path has a version; those of other providers do not (OpenID Connect Discovery 1.0, section 4). */
export const metadataPaths = ['/v2.0/.well-known/openid-configuration', '/.well-known/openid-configuration']
