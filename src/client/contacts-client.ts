import type { CommandResult, SourceResult } from '../book/contact-book.ts'
import type { LinkedAccountView } from '../book/views/account-views.ts'
import type { ProgressBySource } from '../book/views/progress.ts'
import type { View } from '../book/views/views.ts'
import type { CommandType } from '../domain/commands.ts'
import type { Contact, ContactKey, Phone, SkippedContact } from '../domain/contact.ts'
import type { Envelope } from '../domain/events.ts'
import type { Photo } from '../domain/photo.ts'
import type { Source } from '../domain/source.ts'
import type { DialString } from '../projections/phone-index/dial.ts'
import type { Caller } from '../projections/phone-index/phone-index.ts'
import type { Hit } from '../projections/search/hit.ts'
import type { MatchReason } from '../projections/people/find-candidates.ts'
import type { Section } from '../projections/order/sections.ts'

/** A row of Linked Accounts. It only counts skipped contacts, so that thousands are not sent whenever it changes. */
export interface ClientAccount extends Omit<LinkedAccountView, 'skipped'> {
  /** Number of contacts that could not be imported, since the last completed attempt; the call `skipped` gives them. */
  readonly skipped: number
}

/** What one row of a list shows. */
export interface Row {
  readonly key: ContactKey
  /** The source of the contact that the row is named after. */
  readonly source: Source
  /** All sources that have a contact of this person, that one first. */
  readonly sources: readonly Source[]
  /** The name that the list shows; empty if the contact has none, and no number and address either. */
  readonly name: string
  readonly organization: string | null
  /** The number to call first: see `firstToCall`. */
  readonly phone: Phone | null
  /** The preferred e-mail address, else the first, that is no internal name of Exchange. */
  readonly email: string | null
  /** Whether a field is missing or cut. */
  readonly isIncomplete: boolean
}

/**
 * Whether the contacts of a source can be shown. `none`: there is no list. `incoming`: its first import is under way, and
 * the list has what has come so far. `locked`: the key ring does not answer. `lost`: the key is gone.
 */
export type ListStatus = 'none' | 'ready' | 'incoming' | 'locked' | 'lost'

/** My Contacts without the rows. */
export interface ListSummary {
  /** 0 until the first list is there, then counted from 1. Another version has other rows. */
  readonly version: number
  /** Rows: a person who has contacts in several sources has one. */
  readonly count: number
  /** Pairs of contacts of two sources that may be one person; the call `duplicates` gives them. */
  readonly duplicates: number
  /** Decisions about contacts of each source (see `identify`), which end with a sign-out from it. Absent: none. */
  readonly decisions: Readonly<Partial<Record<Source, number>>>
  readonly sections: readonly Section[]
  readonly status: Readonly<Partial<Record<Source, ListStatus>>>
}

/** Where a contact is in a version of the list. */
export interface Place {
  readonly index: number
  readonly row: Row
}

/** The places of contacts in one version of the list. */
export interface Located {
  readonly version: number
  /** In the order of the keys; null for a contact that is not in the list. */
  readonly places: readonly (Place | null)[]
}

/** A person of My Contacts. */
export interface Person {
  /** The values of all contacts in one; its key is that of the first of `contacts`. */
  readonly contact: Contact
  /** The contacts as their sources have them, the one that counts first. */
  readonly contacts: readonly Contact[]
}

/** What the person who uses the device said of two contacts of two sources: see `ContactBook.identify`. */
export interface IdentityDecision {
  readonly contacts: readonly [Contact, Contact]
  readonly isSame: boolean
}

/** A person of My Contacts, what was decided about the contacts, and where the numbers are from. */
export interface PersonDetails extends Person {
  /**
   * The decisions that count, the newest first: in each, a contact of this person and then the one that it was joined with or
   * told apart from. Both are on the device.
   */
  readonly decisions: readonly IdentityDecision[]
  /**
   * The only source that has each number of `contact`, in their order; null: all sources of this person have it. One number may
   * have several spellings: only the client knows.
   */
  readonly numberSources: readonly (Source | null)[]
}

/** Two contacts of two sources that may be one person. */
export interface PossibleDuplicate {
  readonly rows: readonly [Row, Row]
  /** What they have in common. */
  readonly reasons: readonly MatchReason[]
}

/** What a search found in a part of the list. */
export interface HitsSoFar {
  readonly hits: readonly Hit[]
  /** Whether all of the list was searched. */
  readonly isWhole: boolean
}

/** What the last attempt of a source changed. Of each kind, at most `MOST_CHANGES` rows. */
export interface ListChanges {
  readonly counts: { readonly added: number; readonly updated: number; readonly removed: number }
  readonly added: readonly Row[]
  readonly updated: readonly { readonly before: Row; readonly after: Row }[]
  readonly removed: readonly Row[]
}

/** Rows that one call of `rows` or `held` returns at most. To send more at once would hold the thread. */
export const MOST_ROWS = 500

/** Hits that one call of `find` returns at most. */
export const MOST_HITS = 200

/** Hits that one call of `findNow` returns at most while a part of the list is missing: more than a screen shows. */
export const MOST_HITS_NOW = 30

/** Rows of each kind that `changes` returns at most. */
export const MOST_CHANGES = 200

/** Envelopes that one call of `events` returns at most. */
export const MOST_EVENTS = 500

/**
 * What a shell shows and does, in the same thread as the book (`contactsClient`) or in another one (`connectBook`).
 * Every call rejects with an `ImportFailure` where the book does, and with a `TypeError` if its parameters are wrong.
 * `find`, `findNow`, `whois` and `dial` reject with `offline` or `service-unavailable` if a page cannot load their code.
 */
export interface ContactsClient {
  /** Linked Accounts. */
  readonly accounts: View<readonly ClientAccount[]>
  readonly progress: View<ProgressBySource>
  readonly list: View<ListSummary>
  /** The position of the last recorded event, also of those of other tabs and processes: see `ContactBook.position`. */
  readonly position: View<number>
  /**
   * The rows of this version of the list, from one index up to another, at most `MOST_ROWS`. `outdated`: `list` has
   * another version by now.
   */
  rows(version: number, from: number, to: number): Promise<readonly Row[] | 'outdated'>
  /**
   * Where these contacts are in the list now, with their rows: those of hits and callers, or of what was on the screen before
   * the list changed. Of the keys, the first `MOST_ROWS` count.
   */
  locate(keys: readonly ContactKey[]): Promise<Located>
  /** Finds contacts by words of their names, companies, addresses and numbers, the best first; see `SearchIndex`. */
  find(text: string, limit: number): Promise<readonly Hit[]>
  /**
   * The same at once, for a person who types while contacts arrive. Where not all of the list is indexed, the hits are some of
   * those that are there, at most `MOST_HITS_NOW`; `find` waits until it is.
   */
  findNow(text: string, limit: number): Promise<HitsSoFar>
  /** Who may be calling: all whose numbers may be this one; see `PhoneIndex`. */
  whois(number: string): Promise<readonly Caller[]>
  /** What to dial for a number, with the settings of the client. */
  dial(number: string): Promise<DialString>
  /**
   * The contact with this key; null if it is not in the list. For a person who has contacts in several sources, under the key of
   * any of them, one contact with the values of all.
   */
  contact(key: ContactKey): Promise<Contact | null>
  /** The person who has a contact with this key; null if it is not in the list. */
  person(key: ContactKey): Promise<PersonDetails | null>
  /**
   * Contacts of two sources that may be one person, those with most in common first: from one index up to another, at most
   * `MOST_ROWS`. What the person has decided with `identify` is not among them.
   */
  duplicates(from?: number, to?: number): Promise<readonly PossibleDuplicate[]>
  /** Records whether two contacts of two sources are the same person; see `ContactBook.identify`. */
  identify(one: ContactKey, other: ContactKey, isSame: boolean | null): Promise<CommandResult>
  /** The photo of the contact; null if it has none, or is not in the list. See `ContactBook.photo`. */
  photo(key: ContactKey): Promise<Photo | null>
  /** What a held removal would remove, in the order of the list: from one index up to another, at most `MOST_ROWS`. */
  held(source: Source, from?: number, to?: number): Promise<readonly Row[]>
  /** Contacts of the source that could not be imported: from one index up to another, at most `MOST_ROWS`. */
  skipped(source: Source, from?: number, to?: number): Promise<readonly SkippedContact[]>
  /** What the last attempt changed; null if there is no list. */
  changes(source: Source): Promise<ListChanges | null>
  /**
   * The recorded envelopes after one position up to another, oldest first and at most `MOST_EVENTS`: go on after the last
   * one. Types, times, counts and codes; never a contact, an account or a token.
   */
  events(after: number, upTo?: number): Promise<readonly Envelope[]>
  run(command: CommandType, source: Source): Promise<CommandResult>
  refreshAll(): Promise<readonly SourceResult[]>
  /** Ends a wait of the import under way that `canRetryNow`; see `ContactBook.retryNow`. */
  retryNow(source: Source): Promise<boolean>
}
