import type { Messages } from '../../messages.ts'
import type { Interruption } from './interruption.ts'
import type { OptionName, Options } from './arguments/options.ts'
import type { Output } from './output/output.ts'
import type { OpenedBook, Purpose, TerminalParts } from './parts.ts'

/** 0 done, 1 failed or refused, 2 bad usage, 130 interrupted (128 + SIGINT, as shells count). */
export type ExitCode = 0 | 1 | 2 | 130

export interface CommandContext {
  readonly options: Options
  readonly messages: Messages
  readonly output: Output
  readonly interruption: Interruption
  /** How this program is called: `npx device-contacts`. */
  readonly program: string
  readonly parts: TerminalParts
  /** Opens the contacts; they are closed when the command has ended. */
  open(purpose: Purpose): Promise<OpenedBook>
}

/** One command of the command line. */
export interface Command {
  readonly name: string
  /** For the list of commands: a few words. */
  readonly summary: string
  /** For its own help: what it does and prints. */
  readonly description: string
  readonly options: readonly OptionName[]
  run(context: CommandContext): Promise<ExitCode>
}
