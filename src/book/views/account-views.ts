import { listingDueAt } from '../../domain/schedule/complete-listing.ts'
import type { CommandType, RefusalCode } from '../../domain/commands.ts'
import type { ContactFolder, SkippedContact } from '../../domain/contact.ts'
import type { Completion } from '../../domain/events.ts'
import type { FailureCode } from '../../domain/failures.ts'
import type { Account } from '../../domain/reports.ts'
import type { NoticeCode } from '../../domain/findings.ts'
import { sources } from '../../domain/source.ts'
import type { Source } from '../../domain/source.ts'
import { isBusy } from '../../machines/account-state.ts'
import type { AccountState } from '../../machines/account-state.ts'
import { allowedCommands } from '../../machines/decide-command.ts'
import type { DecisionContext } from '../../machines/decide-command.ts'
import type { AccountContext, StateName } from '../../machines/linked-account.ts'
import type { ContactLists } from '../../projections/contact-lists.ts'
import { lastCompleteListing } from '../../projections/history.ts'
import type { History } from '../../projections/history.ts'

/** Facts about a source's list on the device, without the contacts. */
export type ListView = NonNullable<AccountContext['list']> & {
  /**
   * Whether its contacts can be read. `locked`: the key ring does not answer; open the book again when it is unlocked.
   * `lost`: the key is gone; `restart` lists everything again.
   */
  readonly status: 'ready' | 'locked' | 'lost'
}

/** One row of Linked Accounts: everything a shell shows for a source, and which of its buttons are enabled. */
export interface LinkedAccountView {
  readonly source: Source
  readonly state: StateName
  /** The list on the device; null if there is none. */
  readonly list: ListView | null
  /** The linked account, as the sign-in named it. */
  readonly account: Account | null
  /** The latest attempt, under way or over. */
  readonly attempt: AccountContext['attempt']
  /** Why the latest attempt failed. */
  readonly code: AccountContext['code']
  readonly details: AccountContext['details']
  /** Number of contacts that a held removal would remove, and the size of the list. */
  readonly held: { readonly removes: number; readonly of: number } | null
  /** Counts of the attempt under way. */
  readonly counts: AccountContext['counts']
  /** Contacts of the source that could not be imported, with the reasons, since the last completed attempt. */
  readonly skipped: readonly SkippedContact[]
  /** The folders of the list by their names, empty if unknown. */
  readonly folders: readonly ContactFolder[]
  /** Which process runs the attempt under way: `nobody` if that process died. Null: none is under way. */
  readonly runner: 'here' | 'elsewhere' | 'nobody' | null
  /** When the list was last brought up to date, ISO 8601 in UTC. */
  readonly lastUpdated: string | null
  /** A later attempt failed or was cancelled, so the source may have changed by now. */
  readonly isStale: boolean
  /**
   * What the person should know, although nothing failed. `list-may-be-older`: the store lost its latest changes, so a
   * later list than that of `lastUpdated`, or the only one, may be gone. A refresh or an import brings it back.
   * `sign-in-not-kept`: the access could not be stored and ends with this process.
   */
  readonly notices: readonly NoticeCode[]
  /**
   * When the access ends, ISO 8601 in UTC: from then on, `refresh` fails with `sign-in-expired`, and `restart` asks the person
   * to sign in. Single-page apps have such an end a day after each sign-in. Null if no end is known.
   */
  readonly accessUntil: string | null
  /** When the latest attempt was requested, ISO 8601 in UTC. */
  readonly lastTried: string | null
  /** The latest attempt that failed or was held, even if a later one succeeded; null if there is none. */
  readonly lastFailure: {
    readonly code: FailureCode
    /** When it ended, ISO 8601 in UTC. */
    readonly at: string
  } | null
  /** The result of the latest attempt that brought the list up to date; null if there is none. */
  readonly lastResult: Completion | null
  /**
   * The time from which a refresh lists the source completely instead of asking for changes, ISO 8601 in UTC. Null if there
   * is no list, or if the next refresh already lists completely.
   */
  readonly completeListingDue: string | null
  /** Null if the command is allowed, else the reason it is refused. */
  readonly commands: Readonly<Record<CommandType, RefusalCode | null>>
}

interface AccountViewsOptions {
  readonly states: Readonly<Record<Source, AccountState>>
  readonly lists: ContactLists
  readonly history: History
  /** Whether the book was given an adapter for the source. */
  readonly isLinked: (source: Source) => boolean
  readonly mayBeOlder: (source: Source) => boolean
  /** Whether the access of the source outlives this process. */
  readonly isSignInKept: (source: Source) => boolean
  /** When the access of the source ends, ISO 8601 in UTC; null if no end is known. */
  readonly accessUntil: (source: Source) => string | null
  /** The `share` of the source after a complete listing: see `isListingDue`. */
  readonly listingShare: (source: Source, listedAt: string | null) => number
  readonly decisionContext: (source: Source) => DecisionContext
}

/** Linked Accounts: every source that can be linked, and every one that has a list here. */
export const accountViews = (options: AccountViewsOptions): readonly LinkedAccountView[] =>
  sources
    .filter((source) => options.isLinked(source) || options.states[source].context.list !== null)
    .map((source) => accountView(source, options))

const accountView = (
  source: Source,
  {
    states,
    lists,
    history,
    mayBeOlder,
    isSignInKept,
    accessUntil,
    listingShare,
    decisionContext,
  }: AccountViewsOptions,
): LinkedAccountView => {
  const { state, context } = states[source]
  const { [source]: list } = lists
  const decided = decisionContext(source)
  const listedAt = lastCompleteListing(history, source)
  return frozen({
    source,
    state,
    list: context.list && { ...context.list, status: decided.key },
    account: list?.account ?? list?.staged?.account ?? null,
    attempt: context.attempt,
    code: context.code,
    details: context.details,
    held: context.held && { removes: context.held.removes, of: context.held.of },
    counts: context.counts,
    skipped: list?.skipped ?? [],
    folders: list?.folders ?? [],
    runner: isBusy({ state }) ? decided.runner : null,
    lastUpdated: context.list?.completedAt ?? null,
    isStale: context.list !== null && (state === 'failed' || state === 'cancelled'),
    notices: [
      ...(mayBeOlder(source) ? (['list-may-be-older'] as const) : []),
      ...(isSignInKept(source) ? [] : (['sign-in-not-kept'] as const)),
    ],
    accessUntil: state === 'idle' ? null : accessUntil(source),
    lastTried: history.findLast((record) => record.source === source)?.requestedAt ?? null,
    lastFailure: lastFailure(history, source),
    lastResult: lastResult(history, source),
    completeListingDue: context.list && listingDueAt(listedAt, listingShare(source, listedAt)),
    commands: allowedCommands(source, states, decided),
  })
}

const lastFailure = (history: History, source: Source): LinkedAccountView['lastFailure'] => {
  const failed = history.findLast((record) => record.source === source && record.code !== null)
  const { code = null, endedAt = null } = failed ?? {}
  return code === null || endedAt === null ? null : { code, at: endedAt }
}

const lastResult = (history: History, source: Source): Completion | null =>
  history.findLast(
    (record) => record.source === source && (record.outcome === 'imported' || record.outcome === 'capped'),
  )?.completion ?? null

/** Freezes a view and its parts: a subscriber that wrote to it would change what all others see. */
const frozen = (view: LinkedAccountView): LinkedAccountView => {
  Object.values(view).forEach(Object.freeze)
  view.folders.forEach(Object.freeze)
  return Object.freeze(view)
}

/** The views `now`, with the objects of `before` for those that have not changed. */
export const keepUnchanged = (
  before: readonly LinkedAccountView[],
  now: readonly LinkedAccountView[],
): readonly LinkedAccountView[] => {
  const kept = now.map((view) => before.find((known) => isEqual(known, view)) ?? view)
  return kept.length === before.length && kept.every((view, index) => view === before[index]) ? before : kept
}

/** Compares JSON values. States share unchanged parts, so most comparisons end at the first identity check. */
const isEqual = (one: unknown, other: unknown): boolean => {
  if (Object.is(one, other)) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  const [entries, others] = [Object.entries(one), new Map(Object.entries(other))]
  return (
    entries.length === others.size &&
    entries.every(([key, value]) => others.has(key) && isEqual(value, others.get(key)))
  )
}
