import type { Source } from './source.ts'

/** What a shell may ask of one source. */
export const commandTypes = ['signIn', 'restart', 'refresh', 'cancel', 'approveRemoval', 'signOut'] as const

export type CommandType = (typeof commandTypes)[number]

/** A command as the book hands it to `decide`. */
export interface Command {
  readonly kind: 'command'
  readonly type: CommandType
  readonly source: Source
  /** The id that a new attempt gets, if the command starts one: a fresh UUID. */
  readonly attempt: string
}

/** The commands that start an attempt, and so need the run lock of the source. */
export const startingCommands = ['signIn', 'restart', 'refresh'] as const

export type StartingCommand = (typeof startingCommands)[number]

/** Why a command may not be. A closed union: each has a sentence and a next step in `messages`. */
export const refusalCodes = [
  'already-running',
  'running-elsewhere',
  'nothing-running',
  'already-linked',
  'restart-first',
  'nothing-to-restart',
  'nothing-to-refresh',
  'nothing-held',
  'nothing-linked',
  'other-microsoft-source',
  'store-is-newer',
] as const

export type RefusalCode = (typeof refusalCodes)[number]
