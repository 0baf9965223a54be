import { commandTypes, startingCommands } from '../domain/commands.ts'
import type { Command, CommandType, RefusalCode, StartingCommand } from '../domain/commands.ts'
import type { Fact } from '../domain/events.ts'
import type { Source } from '../domain/source.ts'
import { isBusy } from './account-state.ts'
import type { AccountState } from './account-state.ts'
import { commandAnswer } from './command-table.ts'
import type { AccountStates, CommandAnswer, DecisionContext } from './command-table.ts'

export type { AccountStates, DecisionContext } from './command-table.ts'

export type Decision =
  | { readonly ok: true; readonly facts: readonly Fact[] }
  | { readonly ok: false; readonly refusal: RefusalCode }

/** Decides a command: the facts to record, or why it is refused. Pure. */
export const decideCommand = (
  command: Command,
  accounts: AccountStates,
  context: DecisionContext,
): Decision => {
  const answer = answerTo(command, accounts, context)
  if (answer !== 'allowed') return { ok: false, refusal: answer }
  // A newer version may know more about the account than this one, so nothing is recorded.
  return { ok: true, facts: context.storeIsNewer ? [] : factsOf(command, accounts[command.source]) }
}

/** Null for each command that is allowed now, else the refusal. For the state of buttons and menus. */
export const allowedCommands = (
  source: Source,
  accounts: AccountStates,
  context: DecisionContext,
): Readonly<Record<CommandType, RefusalCode | null>> => {
  const refusalOf = (type: CommandType) => {
    const answer = answerTo({ type, source }, accounts, context)
    return [type, answer === 'allowed' ? null : answer] as const
  }
  return Object.fromEntries(commandTypes.map(refusalOf)) as Record<CommandType, RefusalCode | null>
}

/** Rules that apply in every state take precedence over the table. */
const answerTo = (
  { type, source }: Pick<Command, 'type' | 'source'>,
  accounts: AccountStates,
  context: DecisionContext,
): CommandAnswer => {
  // Keys and tokens are not in the store, so a sign-out can always remove them.
  if (context.storeIsNewer) return type === 'signOut' ? 'allowed' : 'store-is-newer'
  if (context.runner === 'elsewhere' && isStarting(type)) return 'running-elsewhere'
  return withoutKey(type, context) ?? commandAnswer(type, { source, accounts, context })
}

/** Refuses a command that needs the list on the device if the list cannot be decrypted. */
const withoutKey = (type: CommandType, { key }: DecisionContext): RefusalCode | null => {
  const needsList = type === 'refresh' || type === 'approveRemoval'
  if (key === 'locked' && (needsList || type === 'restart')) return 'storage-locked'
  // A restart lists everything again, under a new key.
  return key === 'lost' && needsList ? 'storage-key-lost' : null
}

const isStarting = (type: CommandType): type is StartingCommand =>
  (startingCommands as readonly CommandType[]).includes(type)

/** The facts that an allowed command records. */
const factsOf = (
  { type, source: stream, attempt }: Command,
  account: AccountState | undefined,
): readonly Fact[] => {
  const current = { stream, attempt: account?.context.attempt?.id ?? null } as const
  switch (type) {
    case 'signIn':
    case 'restart':
    case 'refresh': {
      const number = (account?.context.attempt?.number ?? 0) + 1
      const request: Fact = { type: 'attempt.requested', stream, attempt, data: { by: type, number } }
      // An attempt still under way is abandoned: it ends first, in the same append.
      return account && isBusy(account)
        ? [{ ...current, type: 'attempt.failed', data: { code: 'interrupted' } }, request]
        : [request]
    }
    case 'cancel':
      return [{ ...current, type: 'attempt.cancelled', data: {} }]
    case 'approveRemoval': {
      const held = account?.context.held
      return held ? [{ ...current, type: 'removal.approved', data: held.completion }] : []
    }
    case 'signOut':
      return [{ stream, type: 'account.signed-out', attempt: null, data: {} }]
  }
}
