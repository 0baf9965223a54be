import type { Contact, Removal, SkippedContact } from './contact.ts'

/** JSON, as it may be stored and read back. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** Who agreed. Personal data: it goes to the payload only, never to the envelope. */
export interface Account {
  /** Names the account at its service for ever (Entra: `tenant.object`), or null where a brought token hides it. */
  readonly id: string | null
  /** What the person signs in with, to be shown in Linked Accounts. */
  readonly username?: string
  readonly name?: string
}

/**
 * What adapters say they saw. Not facts yet: `decide` makes events of them, or ignores them.
 *
 * - `sign-in.answered`: somebody came back from the sign-in page. Asked before the code is redeemed, so
 *   that a sign-in finished after a cancel is not processed. Records nothing by itself.
 * - `consent.granted`: the code is redeemed, and the access it gave includes contacts.
 * - `access.found`: whose access a fetch is about to use. Records nothing where it is the linked account's.
 * - `contacts.counted`: a complete listing begins; how many contacts the source says it has, before any is
 *   fetched; null where it does not say, or says nonsense (Graph: -1). A hint for the progress display, but
 *   for the largest Int32. Reported a second time, the listing begins anew: earlier pages are void.
 * - `page.fetched`: contacts of a complete listing, in any order; a contact that comes twice counts once,
 *   the later one.
 * - `changes.fetched`: differences to the list that the attempt began with, or to its own pages: what was
 *   removed first, then what was upserted.
 * - `listing.finished`: all of it came. The cursor lets a later refresh ask for changes only.
 */
export type SourceReport =
  | { readonly type: 'contacts.counted'; readonly count: number | null }
  | {
      readonly type: 'page.fetched'
      readonly contacts: readonly Contact[]
      readonly skipped: readonly SkippedContact[]
      /** Where to go on after this page, should the process die now. Opaque to all but the adapter. */
      readonly cursor: Json
    }
  | {
      readonly type: 'changes.fetched'
      readonly upserted: readonly Contact[]
      readonly removed: readonly Removal[]
      readonly skipped: readonly SkippedContact[]
      readonly cursor: Json
    }
  | {
      readonly type: 'listing.finished'
      readonly cursor: Json
      /** False where the source never came to rest, so that the list may mix two moments. */
      readonly verified: boolean
    }

export type SignInReport =
  | { readonly type: 'sign-in.answered' }
  | { readonly type: 'consent.granted'; readonly account: Account }
  | { readonly type: 'access.found'; readonly account: Account }
