import type { Command } from '../command.ts'
import { optionTable } from './options.ts'
import type { OptionName } from './options.ts'

/** The help of the program: all commands. */
export const programHelp = (program: string, commands: readonly Command[]): string => `\
Imports the contacts of your Microsoft 365 account to this device, up to 10,000.

Usage: ${program} <command> [options]

${columns(commands.map(({ name, summary }) => [name, summary]))}

To use a real account:        ${program} import --client-id ID
To try it without one:        ${program} import
Help for a command:           ${program} <command> --help

Results go to standard output, everything else to standard error; --json is for programs.
Exit code: 0 done, 1 failed or refused, 2 bad usage, 130 interrupted.
`

/** The help of one command: all its options. */
export const commandHelp = (program: string, { name, description, options }: Command): string => `\
Usage: ${program} ${name} [options]

${description}

Options:
${columns([...options, 'help' as const].map((option) => [spelled(option), optionTable[option].help]))}

Exit code: 0 done, 1 failed or refused, 2 bad usage, 130 interrupted.
`

const spelled = (option: OptionName): string => {
  const { type } = optionTable[option]
  const short = option === 'help' ? '-h, ' : ''
  return type === 'string' ? `--${option} ${optionTable[option].value}` : `${short}--${option}`
}

const columns = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...rows.map(([first]) => first.length))
  return rows.map(([first, second]) => `  ${first.padEnd(width)}  ${second}`).join('\n')
}
