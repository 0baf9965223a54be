import type { AddedOption, Options } from './arguments/options.ts'
import type { Command } from './command.ts'

/** Commands and options that a program adds to those of this shell. */
export interface Extension {
  readonly commands: readonly Command[]
  /** Its options, by name. `Options.added` holds their values. */
  readonly options: Readonly<Record<string, AddedOption>>
  /** For each command by name: which of these options it takes, and its help for them. */
  readonly additions: Readonly<
    Partial<Record<string, { readonly options: readonly string[]; readonly help?: string }>>
  >
  /** Examples for the help of the program: the purpose, and the command with its options. */
  readonly examples: readonly (readonly [string, string])[]
  /** Throws `UsageError` for values that cannot be used, and for options that do not fit each other. */
  readonly check: (given: readonly string[], options: Options) => void
}
