/** The app that an administrator shall approve. */
export interface AdminConsentApp {
  readonly clientId: string
  /** A tenant's id or domain. */
  readonly tenant?: string | undefined
  /** Where people sign in, perhaps with a tenant in its path. Default: the worldwide cloud. */
  readonly authority?: string | undefined
  /** The Graph that the app reads. Default: the worldwide one. */
  readonly graphUrl?: string | undefined
}

/** Stand for accounts of any tenant, which an administrator has only one of. */
const anyTenant = ['', 'common', 'consumers']

/**
 * The page on which an administrator approves the app for the whole organization (Microsoft docs: "Admin
 * consent on the Microsoft identity platform"; the tenant may not be `common`).
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
