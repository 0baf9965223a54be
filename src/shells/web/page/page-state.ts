import type { BrowserSignIn, ContactsClient, FailureCode, OutlookFile } from '../../../browser.ts'

/** A book that the page shows, and what its elements need besides it. */
export interface OpenPage {
  readonly client: ContactsClient
  /** By source; null if the program opens the sign-in page itself. */
  readonly signInTabs: Readonly<Record<string, BrowserSignIn>> | null
  /** Takes exported files; null if the program finds them itself, or has none. */
  readonly outlookFile: OutlookFile | null
  readonly adminConsentLink: string | null
  readonly storage: 'browser' | 'file'
}

/**
 * `open` and lost: the page shows what it has, and connects again. `ended`: the program is gone. `refused`: this tab does not
 * belong to the program. `failed`: the book cannot be opened.
 */
export type PageState =
  | { readonly phase: 'starting' }
  | { readonly phase: 'open'; readonly page: OpenPage; readonly isLost: boolean }
  | { readonly phase: 'ended' }
  | { readonly phase: 'refused' }
  | { readonly phase: 'failed'; readonly code: FailureCode; remove(): Promise<boolean> }
