export const CONTACTS_SCOPE = 'https://www.googleapis.com/auth/contacts.readonly'

/** Google grants the short names of OpenID Connect under these. */
const long: Readonly<Record<string, string>> = {
  email: 'https://www.googleapis.com/auth/userinfo.email',
  profile: 'https://www.googleapis.com/auth/userinfo.profile',
}

const texts: Readonly<Record<string, string>> = {
  openid: 'Associate you with your personal info on Google',
  'https://www.googleapis.com/auth/userinfo.email': 'See your primary Google Account email address',
  'https://www.googleapis.com/auth/userinfo.profile': 'See your personal info',
  [CONTACTS_SCOPE]: 'See and download your contacts',
}

/** The scopes that a request names, as Google grants them. */
export const readScopes = (text: string): readonly string[] => [
  ...new Set(
    text
      .split(' ')
      .filter((scope) => scope !== '')
      .map((scope) => long[scope] ?? scope),
  ),
]

export const isKnownScope = (scope: string): boolean => Object.hasOwn(texts, scope)

/** What the permissions page says about a scope. */
export const scopeText = (scope: string): string => texts[scope] ?? scope

/** The scopes as the redirect to the app names them: the short names too. */
export const scopesInRedirect = (scopes: readonly string[]): string =>
  [
    ...Object.entries(long)
      .filter(([, scope]) => scopes.includes(scope))
      .map(([name]) => name),
    ...scopes,
  ].join(' ')
