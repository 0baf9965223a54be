/**
 * device-contacts for any runtime: the book, its types and codes, and the parts that need no platform.
 * `device-contacts/node` adds the parts for Node, `device-contacts/messages` the sentences for people.
 */
import { memoryVault } from './adapters/keys/memory-vault.ts'
import { memoryLocks } from './adapters/locks/memory/memory-locks.ts'
import { memoryStore } from './adapters/stores/memory/memory-store.ts'
import { systemClock } from './adapters/system/system-clock.ts'
import type { ContactBook, ContactBookOptions } from './book/contact-book.ts'
import { loadOnUse } from './book/load-on-use.ts'
import { openContactBook as openBook } from './book/open.ts'
import type { Contact } from './domain/contact.ts'
import type { VcardVersion } from './export/vcard.ts'
import type { Clock } from './ports/clock.ts'
import type { BookStorage } from './ports/storage.ts'

/** `ContactBookOptions` with a default for the clock. */
export interface OpenContactBookOptions extends Omit<ContactBookOptions, 'clock'> {
  /** Default: `systemClock`. */
  readonly clock?: Clock
}

/**
 * Opens the contacts on this device. Opening only reads: it replays the recorded events and starts nothing
 * (`resume` does). Throws `ImportFailure` with a `storage-…` code if the store cannot be read or is damaged.
 */
export const openContactBook = (options: OpenContactBookOptions): Promise<ContactBook> =>
  openBook({ clock: systemClock, ...options })

/** Keeps a book in memory, until the process or page ends. */
export const memoryStorage = (): BookStorage => ({
  events: memoryStore(),
  locks: memoryLocks(),
  keys: memoryVault(),
})

/**
 * The contacts as a table, in pieces of some 16,000 characters: CSV of RFC 4180 with a head, in UTF-8 with CRLF. It is for
 * spreadsheets: cells that one would run as a formula begin with an apostrophe. For another address book, take `vcards`.
 * Its code is loaded when it is first used; rejects with `offline` or `service-unavailable` if a page cannot load it.
 *
 * @param options.bom whether the text begins with U+FEFF, without which Excel reads it in an older code page. Default: true
 */
export async function* csv(
  contacts: Iterable<Contact>,
  options: { readonly bom?: boolean } = {},
): AsyncGenerator<string, void, undefined> {
  const { csv } = await loadOnUse(() => import('./export/csv.ts'))
  yield* csv(contacts, options)
}

/**
 * The contacts as vCards, in pieces of some 16,000 characters: UTF-8 text with CRLF, in lines of at most 75 octets. Values
 * keep their spelling, but for line breaks (LF), other controls (left out) and lone surrogates (U+FFFD). Its code is loaded
 * when it is first used; rejects with `offline` or `service-unavailable` if a page cannot load it.
 */
export async function* vcards(
  contacts: Iterable<Contact>,
  options: { readonly version?: VcardVersion } = {},
): AsyncGenerator<string, void, undefined> {
  const { vcards } = await loadOnUse(() => import('./export/vcard.ts'))
  yield* vcards(contacts, options)
}

export { systemClock }
export type { BookStorage, Clock, ContactBook, ContactBookOptions }

export type { NetworkEvents } from './adapters/http/connection/network-wait.ts'
export { microsoft365WithTokens } from './adapters/microsoft365/microsoft365-with-tokens.ts'
export type { Microsoft365WithTokensOptions } from './adapters/microsoft365/microsoft365-with-tokens.ts'
export { graphContactSource, graphSources } from './adapters/microsoft365/graph-sources.ts'
export type { GraphOptions } from './adapters/microsoft365/graph/graph-access.ts'
export type { GraphContactSourceOptions } from './adapters/microsoft365/mailbox/graph-contact-source.ts'
export type { TokenProviderOptions, TokenRequest } from './adapters/microsoft365/sign-in/token-provider.ts'
export type { HttpLimits } from './adapters/http/limits.ts'
export type { BodyLimits } from './adapters/http/read-body.ts'
export type { Timers } from './adapters/http/timers.ts'

export { reportedEvent } from './adapters/inspector/reported-event.ts'
export type { ReportedEvent } from './adapters/inspector/reported-event.ts'
export type { CommandResult, Resumed, SourceResult, StartResult } from './book/contact-book.ts'
export type { Inspect } from './book/log/account-machines.ts'
export { lateRedirectRecorder } from './book/tasks/late-redirects.ts'
export type { LateRedirectRecorder } from './book/tasks/late-redirects.ts'
export type { LinkedAccountView, ListView } from './book/views/account-views.ts'
export type { Outcome } from './book/views/outcomes.ts'
export type { PastList } from './book/views/past-lists.ts'
export type { Progress, ProgressBySource } from './book/views/progress.ts'
export type { IncomingBySource, IncomingList } from './book/views/incoming.ts'
export type { Swap } from './book/views/swaps.ts'
export type { View } from './book/views/views.ts'

export type { CommandType, RefusalCode, StartingCommand } from './domain/commands.ts'
export type {
  Address,
  Contact,
  ContactKey,
  SourceContact,
  ContactFolder,
  ContactName,
  Email,
  IncompleteField,
  Organization,
  PartialDate,
  Phone,
  PhoneKind,
  PointKind,
  Removal,
  SkippedContact,
  SkipReason,
} from './domain/contact.ts'
export type {
  Completion,
  EndedListing,
  Envelope,
  EventData,
  EventOf,
  EventPayload,
  EventType,
  Fact,
  Held,
  IdentityHalf,
  PayloadOf,
  RecordedEvent,
  SkipCounts,
  Unreadable,
} from './domain/events.ts'
export { ImportFailure, isImportFailure } from './domain/failures.ts'
export type { FailureCode, FailureDetails, FileContent } from './domain/failures.ts'
export { isSignOutFailure, SignOutFailure } from './domain/failures.ts'
export type { SignOutStep } from './domain/failures.ts'
export type { Finding, FindingCode, NoticeCode } from './domain/findings.ts'
export type { Difference } from './domain/compare-lists.ts'
export { CONTACT_LIMIT } from './domain/limit.ts'
export { LARGEST_PHOTO } from './domain/photo.ts'
export type { Photo, PhotoType } from './domain/photo.ts'
export { refreshDelay } from './domain/schedule/refresh-delay.ts'
export type { Account, BeyondLimit, Json, SignInReport, SourceReport } from './domain/reports.ts'
export { sources } from './domain/source.ts'
export type { Source } from './domain/source.ts'
export type { Undo } from './domain/undo.ts'
export { AccountReplay } from './machines/account-replay.ts'
export type { AccountStep } from './machines/account-replay.ts'
export { linkedAccount } from './machines/linked-account.ts'
export type {
  AccountContext,
  AccountEvent,
  AccountEventType,
  AccountSnapshot,
  StateName,
  Task,
} from './machines/linked-account.ts'

export { UnchangedToken } from './ports/access-token.ts'
export type { AccessTokenRequest, AccessTokens } from './ports/access-token.ts'
export type { BrowserOpener } from './ports/browser-opener.ts'
export type {
  ContactSource,
  FetchContext,
  FetchProgress,
  FetchRequest,
  Waiting,
} from './ports/contact-source.ts'
export { PositionConflict } from './ports/event-store.ts'
export type {
  EventStore,
  LoadedView,
  NewEvent,
  PayloadDrop,
  SavedView,
  StoredEvent,
} from './ports/event-store.ts'
export { KeyVaultUnavailable } from './ports/key-vault.ts'
export type { KeyPlace, KeyVault, VaultKey } from './ports/key-vault.ts'
export type { LinkedSource } from './ports/linked-source.ts'
export { MOST_PHOTOS } from './ports/photo-source.ts'
export type { PhotoSource } from './ports/photo-source.ts'
export type { RunLock, RunLocks } from './ports/run-lock.ts'
export type {
  LateRedirect,
  LateRedirects,
  ReportAnswer,
  SignIn,
  SignInContext,
  SignInProgress,
  SignInRequest,
} from './ports/sign-in.ts'

export type { AttemptRecord, History } from './projections/history.ts'
export { firstToCall } from './projections/first-to-call.ts'
export { displayName } from './projections/display-name.ts'
export { onlySource } from './projections/people/only-source.ts'
export { partedPair } from './projections/people/part-contacts.ts'
export { NOTE_SEPARATOR, personNotes } from './projections/people/person-notes.ts'
export type { MatchReason } from './projections/people/find-candidates.ts'
export type { Identity } from './projections/people/identities.ts'
export type { NameOrder } from './projections/order/name-order.ts'
export type { OrderSetting } from './projections/sort-contacts.ts'
export { sectionsOf } from './projections/order/sections.ts'
export type { Section } from './projections/order/sections.ts'
export { contactsClient } from './client/local/local-client.ts'
export type { ContactsClientOptions, LocalContactsClient } from './client/local/local-client.ts'
export { BookDisconnected, connectBook } from './client/remote/connect-book.ts'
export type { RemoteContactsClient } from './client/remote/connect-book.ts'
export { serveBook } from './client/remote/serve-book.ts'
export type { MessagePortLike } from './client/remote/port.ts'
export { webSocketPort } from './client/remote/web-socket-port.ts'
export type { WebSocketLike } from './client/remote/web-socket-port.ts'
export { MOST_CHANGES, MOST_EVENTS, MOST_HITS, MOST_HITS_NOW, MOST_ROWS } from './client/contacts-client.ts'
export type {
  ClientAccount,
  ContactsClient,
  IdentityDecision,
  ListChanges,
  ListStatus,
  ListSummary,
  HitsSoFar,
  Located,
  Person,
  PersonDetails,
  Place,
  PossibleDuplicate,
  Row,
} from './client/contacts-client.ts'
export type { Hit, Match, MatchedField, TextRange } from './projections/search/hit.ts'
export type { VcardVersion } from './export/vcard.ts'
export type { DialString } from './projections/phone-index/dial.ts'
export { phoneExtension } from './projections/phone-index/extension.ts'
export type { Caller } from './projections/phone-index/phone-index.ts'
export type { PhoneSettings } from './projections/phone-index/read-number.ts'
