import type { Source } from './source.ts'

/** The commands of a shell. Each is for one source. */
export const commandTypes = ['signIn', 'restart', 'refresh', 'cancel', 'approveRemoval', 'signOut'] as const

/** One of `commandTypes`. */
export type CommandType = (typeof commandTypes)[number]

/** A command as the book passes it to `decide`. */
export interface Command {
  readonly kind: 'command'
  readonly type: CommandType
  readonly source: Source
  /** UUID for the attempt that the command may start. */
  readonly attempt: string
}

/** The commands that start an attempt. They need the run lock of the source. */
export const startingCommands = ['signIn', 'restart', 'refresh'] as const

/** One of `startingCommands`. */
export type StartingCommand = (typeof startingCommands)[number]

/** Why a command is refused. A closed union: `messages` has a sentence and a next step for each. */
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
  'storage-locked',
  'storage-key-lost',
  'contact-gone',
  'one-source',
] as const

/** One of `refusalCodes`. */
export type RefusalCode = (typeof refusalCodes)[number]
