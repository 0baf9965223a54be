import type { ContactFolder, Removal, SkippedContact, SourceContact } from './contact.ts'

/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** The account that gave consent. Personal data: it goes into payloads, never into envelopes. */
export interface Account {
  /** The service's permanent id of the account (Entra: `tenant.object`). Null if it cannot be read from an access token. */
  readonly id: string | null
  /** The name that the person signs in with, shown in Linked Accounts. */
  readonly username?: string
  readonly name?: string
}

/**
 * What the contact source of an adapter observed. Reports are not facts yet: `decide` turns them into events or
 * ignores them.
 *
 * - `contacts.counted`: a complete listing begins. `count` is the number of contacts that the source claims to
 *   have; null if it claims none or an impossible number (Graph: -1). It is a hint for the progress display, except
 *   above the largest Int32. A second report restarts the listing and voids the earlier pages.
 * - `page.fetched`: contacts of a complete listing, in any order. If a contact is reported twice, the later one counts.
 * - `changes.fetched`: differences from the list that the attempt began with, or from its own pages. Removals
 *   apply before upserts.
 * - `listing.finished`: the listing is complete. Its cursor lets a later refresh ask for changes only. `folders` contains
 *   every folder of the source, including empty ones; it is absent if the source has no folders. `beyond` counts what was
 *   not reported, because it cannot be on the device: absent if everything was. Changes must not build on such a list.
 */
export type SourceReport =
  | { readonly type: 'contacts.counted'; readonly count: number | null }
  | {
      readonly type: 'page.fetched'
      readonly contacts: readonly SourceContact[]
      readonly skipped: readonly SkippedContact[]
      /** Where a later process continues after this page. Opaque to everything but the adapter. */
      readonly cursor: Json
    }
  | {
      readonly type: 'changes.fetched'
      readonly upserted: readonly SourceContact[]
      readonly removed: readonly Removal[]
      readonly skipped: readonly SkippedContact[]
      readonly cursor: Json
    }
  | {
      readonly type: 'listing.finished'
      readonly cursor: Json
      readonly folders?: readonly ContactFolder[]
      readonly beyond?: BeyondLimit
      /** False if the source kept changing, so that the list may mix states of different times. */
      readonly verified: boolean
    }

/** What a source has, but did not report: it would not fit within the limit. */
export interface BeyondLimit {
  readonly contacts: number
  /** Contacts that cannot be read. */
  readonly skipped: number
}

/**
 * What the sign-in of an adapter observed.
 *
 * - `sign-in.answered`: the person came back from the sign-in page. Reported before the code is redeemed, so
 *   that a sign-in finished after a cancel is not processed. Records nothing by itself.
 * - `consent.granted`: the code is redeemed, and the access includes contacts.
 * - `access.found`: the account whose access a fetch is about to use. Records nothing if it is the linked one.
 */
export type SignInReport =
  | { readonly type: 'sign-in.answered' }
  | { readonly type: 'consent.granted'; readonly account: Account }
  | { readonly type: 'access.found'; readonly account: Account }
