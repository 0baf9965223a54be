import { commandTypes } from '../domain/commands.ts'
import type { Command, CommandType, StartingCommand, RefusalCode } from '../domain/commands.ts'
import type { Fact } from '../domain/events.ts'
import type { Source } from '../domain/source.ts'
import type { AccountState } from './account-state.ts'

/** The states of all sources, so that rules across sources can be kept. A missing one is idle. */
export type AccountStates = Readonly<Partial<Record<Source, AccountState>>>

/** What the log cannot tell. */
export interface DecisionContext {
  /** Who holds the run lock of the command's source. */
  readonly runner: 'here' | 'elsewhere' | 'nobody'
  /** The store holds events that this version does not know: it may be read only. */
  readonly storeIsNewer: boolean
  /** Neither an event of the source nor a token is left on the device: there is nothing to sign out of. */
  readonly nothingLeft: boolean
}

export type Decision =
  | { readonly ok: true; readonly facts: readonly Fact[] }
  | { readonly ok: false; readonly refusal: RefusalCode }

/** May this command be? All rules of the product that bind commands live here. Pure. */
export const decideCommand = (
  command: Command,
  accounts: AccountStates,
  context: DecisionContext,
): Decision => {
  if (context.storeIsNewer) return refuse('store-is-newer')
  const account = accounts[command.source]
  switch (command.type) {
    case 'signIn':
    case 'restart':
    case 'refresh':
      return start(command, command.type, accounts, context)
    case 'cancel':
      return account && isBusy(account)
        ? accept(end(command.source, account, 'attempt.cancelled'))
        : refuse('nothing-running')
    case 'approveRemoval':
      return approve(command.source, account)
    case 'signOut':
      return accept({ type: 'account.signed-out', stream: command.source, attempt: null, data: {} })
  }
}

/** For each command: may it be now (null), or why not? What buttons and menus show. */
export const allowedCommands = (
  source: Source,
  accounts: AccountStates,
  context: DecisionContext,
): Readonly<Record<CommandType, RefusalCode | null>> => {
  const answer = (type: CommandType) => {
    const decision = decideCommand({ kind: 'command', type, source, attempt: '' }, accounts, context)
    return [type, decision.ok ? null : decision.refusal] as const
  }
  return Object.fromEntries(commandTypes.map(answer)) as Record<CommandType, RefusalCode | null>
}

const start = (
  { source, attempt }: Command,
  by: StartingCommand,
  accounts: AccountStates,
  { runner }: DecisionContext,
): Decision => {
  const account = accounts[source]
  if (runner === 'elsewhere') return refuse('running-elsewhere')
  if (account && isBusy(account) && runner === 'here') return refuse('already-running')
  const refusal = refusalToStart(by, account)
  if (refusal) return refuse(refusal)
  if (by !== 'refresh' && otherMicrosoftSourceInUse(source, accounts)) return refuse('other-microsoft-source')
  const number = (account?.context.attempt?.number ?? 0) + 1
  const request = { type: 'attempt.requested', stream: source, attempt, data: { by, number } } as const
  return account && isBusy(account)
    ? accept(end(source, account, 'attempt.failed'), request)
    : accept(request)
}

const refusalToStart = (by: StartingCommand, account: AccountState | undefined): RefusalCode | null => {
  const state = account?.state ?? 'idle'
  switch (state) {
    case 'idle':
      return by === 'signIn' ? null : by === 'restart' ? 'nothing-to-restart' : 'nothing-to-refresh'
    case 'consenting':
    case 'fetching':
      // Nobody runs it any more: its process died. Only a restart says plainly what becomes of it.
      return by === 'restart' ? null : 'restart-first'
    case 'imported':
    case 'capped':
      return by === 'signIn' ? 'already-linked' : null
    case 'failed':
    case 'cancelled':
      if (by === 'signIn') return 'restart-first'
      return by === 'refresh' && !account?.context.list ? 'nothing-to-refresh' : null
  }
}

/** One person's Outlook contacts come by Microsoft 365 or from the Outlook app, never both: they would double. */
const otherMicrosoftSourceInUse = (source: Source, accounts: AccountStates): boolean => {
  const other = source === 'microsoft365' ? 'outlook' : source === 'outlook' ? 'microsoft365' : null
  const account = other ? accounts[other] : undefined
  return account !== undefined && (account.context.list !== null || isBusy(account))
}

const approve = (source: Source, account: AccountState | undefined): Decision => {
  const held = account?.state === 'failed' ? account.context.held : null
  if (!held) return refuse('nothing-held')
  const attempt = account?.context.attempt?.id ?? null
  return accept({ type: 'removal.approved', stream: source, attempt, data: held.completion })
}

const end = (source: Source, account: AccountState, type: 'attempt.cancelled' | 'attempt.failed'): Fact => {
  const attempt = account.context.attempt?.id ?? null
  return type === 'attempt.cancelled'
    ? { type, stream: source, attempt, data: {} }
    : { type, stream: source, attempt, data: { code: 'interrupted' } }
}

const isBusy = ({ state }: AccountState) => state === 'consenting' || state === 'fetching'

const accept = (...facts: Fact[]): Decision => ({ ok: true, facts })

const refuse = (refusal: RefusalCode): Decision => ({ ok: false, refusal })
