export interface AdminConsentApp {
  readonly clientId: string
  /** A tenant's id or domain; `organizations` where it is not known. */
  readonly tenant?: string
  /** Of the cloud. Default: the worldwide one. */
  readonly signInHost?: string
  /** Of the Graph that the app reads. Default: the worldwide one. */
  readonly graphHost?: string
}

/**
 * The page on which an administrator approves the app for the whole organization (Microsoft docs: "Admin
 * consent on the Microsoft identity platform"; the tenant may not be `common`).
 */
export const adminConsentLink = (app: AdminConsentApp): string => {
  const { clientId, tenant = 'organizations', signInHost, graphHost } = app
  const page = new URL(`https://${signInHost ?? 'login.microsoftonline.com'}/`)
  page.pathname = `/${encodeURIComponent(tenant)}/v2.0/adminconsent`
  page.search = new URLSearchParams({
    client_id: clientId,
    scope: `https://${graphHost ?? 'graph.microsoft.com'}/Contacts.Read`,
    redirect_uri: 'http://localhost',
  }).toString()
  return page.href
}
