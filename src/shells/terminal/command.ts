import type { Messages } from '../../messages.ts'
import type { InterruptedCode, Interruption } from './interruption.ts'
import type { OptionName, Options } from './arguments/options.ts'
import type { Output } from './output/output.ts'
import type { OpenedBook, Purpose, TerminalParts } from './parts.ts'

/** 0: done. 1: failed or refused. 2: invalid usage. Otherwise a signal interrupted the command. */
export type ExitCode = 0 | 1 | 2 | InterruptedCode

export interface CommandContext {
  readonly options: Options
  /** What followed the command, as `argument` of the command allows. */
  readonly words: readonly string[]
  /** The full path of the store that the command line is for. */
  readonly store: string
  readonly messages: Messages
  readonly output: Output
  readonly interruption: Interruption
  /** How this program is run: `npx device-contacts`. */
  readonly program: string
  readonly parts: TerminalParts
  /** Opens the book, which is closed after the command. */
  open(purpose: Purpose): Promise<OpenedBook>
}

/** One command of the command line. */
export interface Command {
  readonly name: string
  /** A few words for the list of commands. */
  readonly summary: string
  /** What the command does and prints, for its own help. */
  readonly description: string
  readonly options: readonly OptionName[]
  /** What follows the command; absent: nothing may. */
  readonly argument?: {
    /** Stands for it in the help. */
    readonly value: string
    /** The same in words, with its article. */
    readonly what: string
    readonly isRequired: boolean
    /** Whether it may have any number of words. */
    readonly isText: boolean
    /** Its number of words otherwise. Default: one. */
    readonly count?: number
  }
  run(context: CommandContext): Promise<ExitCode>
}
