/** A permission that the consent page can list, in the sandbox's own words. */
export interface Permission {
  readonly scope: string
  readonly title: string
  readonly description: string
}

export const permissions: readonly Permission[] = [
  {
    scope: 'Contacts.Read',
    title: 'Read your contacts',
    description: 'The app may read the contacts in your mailbox, in all contact folders.',
  },
  {
    scope: 'Contacts.ReadWrite',
    title: 'Read and change your contacts',
    description: 'The app may read, add, change and delete contacts in your mailbox.',
  },
  {
    scope: 'User.Read',
    title: 'Sign you in and read your profile',
    description: 'The app may see your name, your e-mail address and your photo.',
  },
  {
    scope: 'offline_access',
    title: 'Keep access while you are away',
    description: 'The app may use these permissions while you are not using it, until you withdraw them.',
  },
  {
    scope: 'openid',
    title: 'Know who you are',
    description: 'The app may know which account you signed in with.',
  },
]

const RESOURCE = 'https://graph.microsoft.com/'
/** The sandbox as a resource, in the form of clients that derive scopes from its address. */
const OWN_RESOURCE = /\bhttp:\/\/localhost:\d+\//g

/** Graph's scopes may also be requested by their full URL (Microsoft identity platform: scopes). */
export const shortScopes = (scopes: string): string =>
  scopes.replaceAll(RESOURCE, '').replaceAll(OWN_RESOURCE, '')

export const hasFullScopes = (scopes: string): boolean => scopes.includes(RESOURCE)

/** Names Graph's scopes in a response as in the request: MSAL looks tokens up by that name. */
export const fullScopes = (scopes: string): string =>
  scopes
    .split(' ')
    .map((scope) => (/^[A-Z]/.test(scope) ? `${RESOURCE}${scope}` : scope))
    .join(' ')
