/** How a page signs in to a source in tabs: `signIn` of `microsoft365()` of `device-contacts/browser`. */
export interface SignInWay {
  /** Opens a tab for the sign-in. Called within a click, before anything is awaited. */
  openSignInTab(): { readonly isBlocked: boolean; close(): void }
  /** Leads the page itself to the sign-in page. */
  continueInThisTab(): boolean
  /** The sign-in with which this page came back; null or absent: none. */
  readonly returned?: { readonly attempt: string; use(): void } | null
}
