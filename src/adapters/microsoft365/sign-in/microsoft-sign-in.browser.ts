import {
  type BrowserSignIn,
  browserSignIn,
  type BrowserSignInOptions,
} from '../../sign-in/browser/browser-sign-in.ts'
import { entraClient } from './entra/entra-client.ts'
import { coverContacts, scopesFor } from './entra/scopes.ts'

/** The app registration, where tokens are kept, and where our page of sign-in tabs is. */
export interface MicrosoftBrowserSignInOptions extends BrowserSignInOptions {
  /** Application (client) id of the app registration. */
  readonly clientId: string
  /** Default: `https://login.microsoftonline.com/common`. Plain http for a provider on this machine. */
  readonly authority?: string
  /** A tenant's id or domain, which replaces the one in `authority`. */
  readonly tenant?: string
  /** The Graph for which tokens are requested; national clouds have their own. Default: the worldwide one. */
  readonly graphUrl?: string
  /** Default: reading contacts at `graphUrl`. */
  readonly scopes?: readonly string[]
}

/**
 * In ms. How long the refresh tokens of single-page apps work after the person signed in; those of a renewal end at the same
 * time (Microsoft docs: "Refresh tokens in the Microsoft identity platform").
 */
const SINGLE_PAGE_ACCESS = 24 * 3_600_000

/** Signs in at Microsoft from a page without a server, in a tab. */
export const microsoftSignIn = (options: MicrosoftBrowserSignInOptions): BrowserSignIn => {
  const scopes = options.scopes ?? scopesFor(options.graphUrl ?? 'https://graph.microsoft.com')
  return browserSignIn(
    {
      client: (timeLimit, signal) => entraClient({ ...options, scopes, timeLimit }, signal),
      coversContacts: coverContacts,
      accessLasts: SINGLE_PAGE_ACCESS,
    },
    options,
  )
}
