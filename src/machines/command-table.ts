import type { CommandType, RefusalCode } from '../domain/commands.ts'
import type { Source } from '../domain/source.ts'
import { isBusy } from './account-state.ts'
import type { AccountState } from './account-state.ts'
import type { StateName } from './linked-account.ts'

/** The states of all sources, for rules that span sources. A missing source is idle. */
export type AccountStates = Readonly<Partial<Record<Source, AccountState>>>

/** What a decision depends on besides the log. */
export interface DecisionContext {
  /** Who holds the run lock of the command's source. */
  readonly runner: 'here' | 'elsewhere' | 'nobody'
  /** The store has events that this version does not know, so it may only be read. */
  readonly storeIsNewer: boolean
  /** Neither an event of the source nor a token is on the device: a sign-out would remove nothing. */
  readonly nothingLeft: boolean
  /**
   * Whether the list on the device can be decrypted. `locked`: the vault with its key does not answer. `lost`: the vault
   * has no key, or a different one.
   */
  readonly key: 'ready' | 'locked' | 'lost'
}

/** The situation in which a command is requested. */
export interface CommandSituation {
  readonly source: Source
  readonly accounts: AccountStates
  readonly context: DecisionContext
}

export type CommandAnswer = 'allowed' | RefusalCode

/** A condition on a command. If it is met, `rule` applies; if not, the command is refused with `otherwise`. */
export interface CommandGuard {
  readonly condition: ConditionName
  readonly otherwise: RefusalCode
  readonly rule: CommandRule
}

export type CommandRule = CommandAnswer | CommandGuard

const conditions = {
  hasList: ({ source, accounts }) => accounts[source]?.context.list != null,
  hasHeldRemoval: ({ source, accounts }) => accounts[source]?.context.held != null,
  /** The process that ran the attempt has ended: otherwise it would hold the run lock. */
  isAbandoned: ({ context }) => context.runner === 'nobody',
  /** Microsoft 365 and the Outlook app show the same contacts: with both linked, each would appear twice. */
  otherMicrosoftSourceIsFree: ({ source, accounts }) => {
    const other = source === 'microsoft365' ? 'outlook' : source === 'outlook' ? 'microsoft365' : null
    const account = other ? accounts[other] : undefined
    return account === undefined || (account.context.list === null && !isBusy(account))
  },
  somethingIsLeft: ({ context }) => !context.nothingLeft,
} as const satisfies Record<string, (situation: CommandSituation) => boolean>

export type ConditionName = keyof typeof conditions

const onlyIf = (
  condition: ConditionName,
  otherwise: RefusalCode,
  rule: CommandRule = 'allowed',
): CommandGuard => ({ condition, otherwise, rule })

const unlessOtherMicrosoftSource = onlyIf('otherMicrosoftSourceIsFree', 'other-microsoft-source')
const withList = onlyIf('hasList', 'nothing-to-refresh')
const withHeldRemoval = onlyIf('hasHeldRemoval', 'nothing-held')
const onceAbandoned = (rule: CommandRule) => onlyIf('isAbandoned', 'already-running', rule)

type CommandRow = Readonly<Record<CommandType, CommandRule>>

const underWay: CommandRow = {
  // Only a restart makes clear to the user what happens to the abandoned attempt.
  signIn: onceAbandoned('restart-first'),
  restart: onceAbandoned(unlessOtherMicrosoftSource),
  refresh: onceAbandoned('restart-first'),
  cancel: 'allowed',
  approveRemoval: 'nothing-held',
  signOut: 'allowed',
}

const linked: CommandRow = {
  signIn: 'already-linked',
  restart: unlessOtherMicrosoftSource,
  refresh: 'allowed',
  cancel: 'nothing-running',
  approveRemoval: 'nothing-held',
  signOut: 'allowed',
}

const ended: CommandRow = {
  signIn: 'restart-first',
  restart: unlessOtherMicrosoftSource,
  refresh: withList,
  cancel: 'nothing-running',
  approveRemoval: 'nothing-held',
  signOut: 'allowed',
}

/**
 * Whether each command is allowed in each state, and the reason if it is not. No other code decides by state. The table is
 * not derived from the machine, because the machine does not know why it rejects an event.
 */
export const commandTable: Readonly<Record<StateName, CommandRow>> = {
  idle: {
    signIn: unlessOtherMicrosoftSource,
    restart: 'nothing-to-restart',
    refresh: 'nothing-to-refresh',
    cancel: 'nothing-running',
    approveRemoval: 'nothing-held',
    signOut: onlyIf('somethingIsLeft', 'nothing-linked'),
  },
  consenting: underWay,
  fetching: underWay,
  imported: linked,
  capped: linked,
  failed: { ...ended, approveRemoval: withHeldRemoval },
  cancelled: ended,
}

/** Looks up a command and evaluates its guards. Pure. */
export const commandAnswer = (type: CommandType, situation: CommandSituation): CommandAnswer => {
  const state = situation.accounts[situation.source]?.state ?? 'idle'
  let rule = commandTable[state][type]
  while (typeof rule !== 'string') {
    rule = conditions[rule.condition](situation) ? rule.rule : rule.otherwise
  }
  return rule
}
