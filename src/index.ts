/** device-contacts, for any runtime: the book and the words it speaks. `device-contacts/node` adds the parts for Node. */
export { openContactBook } from './book/open.ts'
export { lateRedirectRecorder } from './book/tasks/late-redirects.ts'
export type { LateRedirectRecorder } from './book/tasks/late-redirects.ts'
export type { ContactBookOptions } from './book/options.ts'
export type { CommandResult, ContactBook, Resumed, SourceResult, StartResult } from './book/contact-book.ts'
export type { LinkedAccountView } from './book/views/linked-account-view.ts'
export type { Outcome } from './book/views/outcomes.ts'
export type { PastList } from './book/views/past-lists.ts'
export type { Progress, ProgressBySource } from './book/views/progress.ts'
export type { View } from './book/views/view.ts'
export type { CommandType, StartingCommand } from './domain/commands.ts'
export type {
  Address,
  Birthday,
  Contact,
  ContactName,
  Email,
  PointKind,
  Organization,
  Phone,
  Removal,
  SkippedContact,
  SkipReason,
} from './domain/contact.ts'
export type { Completion, Envelope, EventType, SkipCounts } from './domain/events.ts'
export { ImportFailure, isImportFailure } from './domain/failures.ts'
export type { FailureCode, FailureDetails } from './domain/failures.ts'
export type { Finding, FindingCode } from './domain/findings.ts'
export { CONTACT_LIMIT } from './domain/limit.ts'
export { refreshDelay } from './domain/refresh-delay.ts'
export type { RefusalCode } from './domain/commands.ts'
export type { Account, Json, SignInReport, SourceReport } from './domain/reports.ts'
export { sources } from './domain/source.ts'
export type { Source } from './domain/source.ts'
export type { StateName } from './machines/linked-account.ts'
export { displayName } from './projections/sort-contacts.ts'
export type { AttemptRecord, History } from './projections/history.ts'
export type { BrowserOpener } from './ports/browser-opener.ts'
export type { Clock } from './ports/clock.ts'
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
export type { LinkedSource } from './ports/linked-source.ts'
export type { RunLock, RunLocks } from './ports/run-lock.ts'
export type {
  ReportAnswer,
  LateRedirect,
  LateRedirects,
  SignIn,
  SignInContext,
  SignInProgress,
  SignInRequest,
} from './ports/sign-in.ts'
export type { BookStorage } from './ports/storage.ts'
