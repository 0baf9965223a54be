/** The OAuth client of the Google Cloud project, and where its users sign in. */
export interface GoogleClientOptions {
  /** The client ID: `….apps.googleusercontent.com`. */
  readonly clientId: string
  /**
   * Google gives one to programs and pages too, and demands it with every code, although it cannot be kept secret there (Google:
   * "OAuth 2.0 for iOS & Desktop Apps").
   */
  readonly clientSecret?: string
  /** Default: `https://accounts.google.com`. Plain http for a provider on this machine. */
  readonly authority?: string
}

/** Only reading contacts. */
export const CONTACTS_SCOPE = 'https://www.googleapis.com/auth/contacts.readonly'

/** Whether the granted scopes include reading contacts: on Google's page, the person can untick it. */
export const coversContacts = (granted: readonly string[]): boolean =>
  granted.includes(CONTACTS_SCOPE) || granted.includes(CONTACTS_SCOPE.replace('.readonly', ''))
