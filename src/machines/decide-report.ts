import type { ListChange } from '../domain/compare-lists.ts'
import type { Contact, SkippedContact } from '../domain/contact.ts'
import type { Completion, Fact, SkipCounts } from '../domain/events.ts'
import type { FailureCode, FailureDetails } from '../domain/failures.ts'
import { COUNT_LIMIT } from '../domain/limit.ts'
import type { Account, BeyondLimit, SignInReport, SourceReport } from '../domain/reports.ts'
import type { Source } from '../domain/source.ts'
import type { Undo } from '../domain/undo.ts'
import type { AccountState } from './account-state.ts'
import type { StateName } from './linked-account.ts'

/** A report as the book passes it to `decide`, with what only the book knows. */
export type EnrichedReport =
  | Exclude<SourceReport, { type: 'page.fetched' | 'changes.fetched' | 'listing.finished' }>
  | (Extract<SourceReport, { type: 'page.fetched' }> & { readonly contacts: readonly Contact[] })
  | (Extract<SourceReport, { type: 'changes.fetched' }> & { readonly upserted: readonly Contact[] })
  | (Extract<SourceReport, { type: 'listing.finished' }> & {
      readonly change: ListChange
      /** For the history; null if nothing changes or there was no earlier list. */
      readonly undo: Undo | null
    })
  | Exclude<SignInReport, { account: Account }>
  | (Extract<SignInReport, { account: Account }> & { readonly accountKey: string | null })
  | ({ readonly type: 'failure'; readonly code: FailureCode } & { readonly details: FailureDetails })

/** The reports that each state waits for. Any other report is too late and is ignored. */
const awaited: Readonly<Partial<Record<StateName, readonly EnrichedReport['type'][]>>> = {
  consenting: ['sign-in.answered', 'consent.granted', 'failure'],
  fetching: [
    'access.found',
    'contacts.counted',
    'page.fetched',
    'changes.fetched',
    'listing.finished',
    'failure',
  ],
}

/** A removal that exceeds both limits is held: a mailbox emptied by mistake must not empty the device. */
export const HELD_ABOVE = { share: 0.2, contacts: 50 } as const

/**
 * Decides a report of an adapter: the facts to record, none if it adds nothing, or `report.ignored` if the attempt is over
 * or the state does not wait for it. Records nothing for an attempt that a sign-out has erased (`isErased`), because only
 * the tombstone may stay. Pure.
 */
export const decideReport = (
  source: Source,
  attempt: string,
  report: EnrichedReport,
  account: AccountState | undefined,
  isErased = false,
): readonly Fact[] => {
  if (isErased) return []
  const about = { stream: source, attempt } as const
  if (!account || account.context.attempt?.id !== attempt || !isAwaited(account, report)) {
    return [{ ...about, type: 'report.ignored', data: { report: report.type } }]
  }
  const { context } = account
  switch (report.type) {
    case 'sign-in.answered':
      return []
    case 'consent.granted': {
      const known = context.list ? context.accountKey : null
      if (areDifferent(known, report.accountKey)) {
        return [{ ...about, type: 'attempt.failed', data: { code: 'different-account' } }]
      }
      // The account of an access token file may be unknown. The account key of the list is then kept.
      const data = { accountKey: report.accountKey ?? known }
      return [{ ...about, type: 'consent.granted', data, payload: { account: report.account } }]
    }
    case 'access.found':
      return areDifferent(context.accountKey, report.accountKey)
        ? [{ ...about, type: 'attempt.failed', data: { code: 'different-account' } }]
        : []
    case 'contacts.counted': {
      if (report.count !== null && report.count > COUNT_LIMIT) {
        return [{ ...about, type: 'attempt.failed', data: { code: 'too-many-contacts' } }]
      }
      const isCount = report.count !== null && Number.isInteger(report.count) && report.count >= 0
      return [{ ...about, type: 'contacts.counted', data: { count: isCount ? report.count : null } }]
    }
    case 'page.fetched': {
      const { contacts, skipped, cursor } = report
      const data = {
        page: context.counts.pages + 1,
        contacts: contacts.length,
        skipped: countByReason(skipped),
      }
      return [{ ...about, type: 'page.fetched', data, payload: { contacts, skipped, cursor } }]
    }
    case 'changes.fetched': {
      const { upserted, removed, skipped, cursor } = report
      const data = {
        page: context.counts.pages + 1,
        upserted: upserted.length,
        removed: removed.length,
        skipped: countByReason(skipped),
      }
      return [{ ...about, type: 'changes.fetched', data, payload: { upserted, removed, skipped, cursor } }]
    }
    case 'listing.finished': {
      const completion = complete(report.change, report.verified, report.beyond)
      const { cursor, undo, folders } = report
      const payload = { cursor, ...(undo && { undo }), ...(folders && { folders }) }
      return isHeld(report.change)
        ? [{ ...about, type: 'removal.held', data: hold(report.change, completion), payload }]
        : [{ ...about, type: 'attempt.completed', data: completion, payload }]
    }
    case 'failure':
      return [
        {
          ...about,
          type: 'attempt.failed',
          data: { ...report.details, code: failureCode(account, report.code) },
        },
      ]
  }
}

const isAwaited = ({ state }: AccountState, report: EnrichedReport): boolean =>
  awaited[state]?.includes(report.type) ?? false

/** Whether both are known and differ. The account of an access token file may be unknown. */
const areDifferent = (one: string | null, other: string | null): boolean =>
  one !== null && other !== null && one !== other

/** If a list could be read before, a missing permission means that it was removed. */
const failureCode = ({ state, context }: AccountState, code: FailureCode): FailureCode =>
  code === 'permission-missing' && state === 'fetching' && context.list ? 'permission-removed' : code

const nothingBeyond: BeyondLimit = { contacts: 0, skipped: 0 }

const complete = (change: ListChange, verified: boolean, beyond = nothingBeyond): Completion => {
  const available = change.available + beyond.contacts
  return {
    outcome: available > change.imported ? 'capped' : 'imported',
    imported: change.imported,
    available,
    skipped: change.skipped + beyond.skipped,
    incomplete: change.incomplete,
    added: change.added,
    updated: change.updated,
    removed: change.removed,
    displaced: change.displaced,
    verified,
  }
}

const isHeld = ({ removed, of }: ListChange) =>
  removed > of * HELD_ABOVE.share && removed > HELD_ABOVE.contacts

const hold = ({ removed, of }: ListChange, completion: Completion) => ({ removes: removed, of, completion })

const countByReason = (skipped: readonly SkippedContact[]): SkipCounts => {
  const counts: { -readonly [R in SkippedContact['reason']]?: number } = {}
  for (const { reason } of skipped) counts[reason] = (counts[reason] ?? 0) + 1
  return counts
}
