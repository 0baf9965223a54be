import { createActor } from 'xstate'
import type { CommandType } from '../domain/commands.ts'
import type { Fact } from '../domain/events.ts'
import { sources } from '../domain/source.ts'
import type { Source } from '../domain/source.ts'
import { accountState } from '../machines/account-state.ts'
import { decideCommand } from '../machines/decide-command.ts'
import type { AccountStates, DecisionContext, Decision } from '../machines/decide-command.ts'
import { decideReport } from '../machines/decide-report.ts'
import type { EnrichedReport } from '../machines/decide-report.ts'
import { linkedAccount } from '../machines/linked-account.ts'
import type { AccountEvent } from '../machines/linked-account.ts'

const TIME = '2026-01-01T00:00:00.000Z'

/** The default context of a decision. */
const ordinary: DecisionContext = { runner: 'nobody', storeIsNewer: false, nothingLeft: false, key: 'ready' }

/**
 * Given these facts, when this command or report arrives, then …: tests rules with literals. Throws for a fact that the
 * machine rejects, so that no test begins with an impossible history.
 */
export const given = (...facts: readonly Fact[]) => {
  const accounts = accountsAfter(facts)
  return {
    accounts,
    when: (
      type: CommandType,
      context: Partial<DecisionContext> = {},
      source: Source = 'microsoft365',
    ): Decision =>
      decideCommand({ kind: 'command', type, source, attempt: 'next' }, accounts, {
        ...ordinary,
        ...context,
      }),
    whenReported: (
      report: EnrichedReport,
      attempt = 'a1',
      source: Source = 'microsoft365',
    ): readonly Fact[] => decideReport(source, attempt, report, accounts[source]),
  }
}

const accountsAfter = (facts: readonly Fact[]): AccountStates => {
  const actors = new Map(sources.map((source) => [source, createActor(linkedAccount).start()]))
  for (const { stream, type, attempt, data } of facts) {
    const event = { type, attempt, data, time: TIME } as AccountEvent
    const actor = actors.get(stream)
    if (!actor?.getSnapshot().can(event)) throw new Error(`${type} cannot follow here`)
    actor.send(event)
  }
  return Object.fromEntries([...actors].map(([source, actor]) => [source, accountState(actor.getSnapshot())]))
}
