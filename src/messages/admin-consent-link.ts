/** The app that an administrator must approve. */
export interface AdminConsentApp {
  /** Application (client) id of the app registration. */
  readonly clientId: string
  /** A tenant's id or domain. */
  readonly tenant?: string | undefined
  /** The address where people sign in; its path may name a tenant. Default: the worldwide cloud. */
  readonly authority?: string | undefined
  /** The Graph that the app reads. Default: the worldwide one. */
  readonly graphUrl?: string | undefined
}

/** Names that stand for any tenant. An administrator can approve for one tenant only. */
const anyTenant = ['', 'common', 'consumers']

/**
 * The page on which an administrator approves the app for the whole organization (Microsoft docs: "Admin
 * consent on the Microsoft identity platform"; `common` is not allowed as a tenant). Throws a `TypeError`
 * for an `authority` or a `graphUrl` that is not an address.
 */
export const adminConsentLink = ({
  clientId,
  tenant,
  authority = 'https://login.microsoftonline.com',
  graphUrl = 'https://graph.microsoft.com',
}: AdminConsentApp): string => {
  const { origin, pathname } = new URL(authority)
  const named = tenant ?? decodeURIComponent(pathname.split('/')[1] ?? '')
  const page = new URL(origin)
  page.pathname = `/${encodeURIComponent(anyTenant.includes(named) ? 'organizations' : named)}/v2.0/adminconsent`
  page.search = new URLSearchParams({
    client_id: clientId,
    scope: new URL('/Contacts.Read', graphUrl).href,
    redirect_uri: 'http://localhost',
  }).toString()
  return page.href
}
