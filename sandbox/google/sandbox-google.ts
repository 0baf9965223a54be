import type { GoogleContacts } from './contacts/google-contacts.ts'

export interface GoogleIssueOptions {
  /** Full names. Default: only `https://www.googleapis.com/auth/contacts.readonly`. */
  readonly scopes?: readonly string[]
  /** Seconds. Default: an hour. 0 or less: an expired token. */
  readonly expiresIn?: number
}

/** The part of a running sandbox that plays Google. Methods throw a `RangeError` for the id of an unknown person. */
export interface SandboxGoogle {
  /** For OpenID Connect clients: `http://localhost:PORT/google`. */
  readonly issuer: string
  /** In place of `https://people.googleapis.com`: `http://localhost:PORT/google/people`. */
  readonly peopleUrl: string
  /** The client for programs: any port of this machine may be its redirect. */
  readonly clientId: string
  readonly clientSecret: string
  /** The client for pages: its addresses are the setting `spaRedirects`. */
  readonly webClientId: string
  readonly webClientSecret: string
  /** The contacts of a person's Google account, filled on first use. */
  contacts(personId: string): GoogleContacts
  /** Issues an access token without a sign-in. */
  issueToken(personId: string, options?: GoogleIssueOptions): string
  /** As if the person had removed the app in the account: all its codes and tokens end. */
  revoke(personId: string): void
  /** Every token and code that was ever issued. */
  issuedSecrets(): readonly string[]
}
