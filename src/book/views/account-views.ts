import { sources } from '../../domain/source.ts'
import type { Source } from '../../domain/source.ts'
import type { AccountState } from '../../machines/account-state.ts'
import type { DecisionContext } from '../../machines/decide-command.ts'
import type { ContactLists } from '../../projections/contact-lists.ts'
import type { History } from '../../projections/history.ts'
import { linkedAccountView } from './linked-account-view.ts'
import type { LinkedAccountView } from './linked-account-view.ts'

interface AccountViewsOptions {
  readonly accounts: Readonly<Record<Source, AccountState>>
  readonly lists: ContactLists
  readonly history: History
  /** Whether there is an adapter for it. */
  readonly isLinked: (source: Source) => boolean
  readonly decisionContext: (source: Source) => DecisionContext
}

/** Linked Accounts: every source that can be linked, and every one that has a list here. */
export const accountViews = ({
  accounts,
  lists,
  history,
  isLinked,
  decisionContext,
}: AccountViewsOptions): readonly LinkedAccountView[] =>
  sources
    .filter((source) => isLinked(source) || accounts[source].context.list !== null)
    .map((source) =>
      linkedAccountView(source, accounts[source], {
        accounts,
        decisionContext: decisionContext(source),
        list: lists[source],
        lastTried: history.findLast((record) => record.source === source)?.requestedAt ?? null,
      }),
    )
