import type { CommandType, RefusalCode } from '../../domain/commands.ts'
import type { SkippedContact } from '../../domain/contact.ts'
import type { Account } from '../../domain/reports.ts'
import type { Source } from '../../domain/source.ts'
import { isBusy } from '../../machines/account-state.ts'
import type { AccountState } from '../../machines/account-state.ts'
import { allowedCommands } from '../../machines/decide-command.ts'
import type { AccountStates, DecisionContext } from '../../machines/decide-command.ts'
import type { AccountContext, StateName } from '../../machines/linked-account.ts'
import type { ContactList } from '../../projections/contact-lists.ts'

/** One row of Linked Accounts: everything a shell shows of a source, and which of its buttons work. */
export interface LinkedAccountView {
  readonly source: Source
  readonly state: StateName
  readonly list: AccountContext['list']
  /** Who is linked, as the sign-in said. */
  readonly account: Account | null
  readonly attempt: AccountContext['attempt']
  readonly code: AccountContext['code']
  readonly details: AccountContext['details']
  readonly held: { readonly removes: number; readonly of: number } | null
  readonly counts: AccountContext['counts']
  /** What the source gave at the last completed attempt and could not be taken, with the reasons. */
  readonly skipped: readonly SkippedContact[]
  /** Who runs the attempt: this book, another process, or no one because that process died. Null: none runs. */
  readonly runner: 'here' | 'elsewhere' | 'nobody' | null
  /** Of the list: since when it stands as it is. */
  readonly lastUpdated: string | null
  /** A later attempt came to nothing, so the list may no longer be what the source holds. */
  readonly isStale: boolean
  readonly lastTried: string | null
  /** Null: allowed. Else why not. */
  readonly commands: Readonly<Record<CommandType, RefusalCode | null>>
}

export const linkedAccountView = (
  source: Source,
  { state, context }: AccountState,
  {
    accounts,
    decisionContext,
    list,
    lastTried,
  }: {
    readonly accounts: AccountStates
    readonly decisionContext: DecisionContext
    readonly list: ContactList | undefined
    readonly lastTried: string | null
  },
): LinkedAccountView => ({
  source,
  state,
  list: context.list,
  account: list?.account ?? list?.staged?.account ?? null,
  attempt: context.attempt,
  code: context.code,
  details: context.details,
  held: context.held && { removes: context.held.removes, of: context.held.of },
  counts: context.counts,
  skipped: list?.skipped ?? [],
  runner: isBusy({ state }) ? decisionContext.runner : null,
  lastUpdated: context.list?.completedAt ?? null,
  isStale: context.list !== null && (state === 'failed' || state === 'cancelled'),
  lastTried,
  commands: allowedCommands(source, accounts, decisionContext),
})
