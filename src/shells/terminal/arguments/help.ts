import type { Command } from '../command.ts'
import type { Extension } from '../extension.ts'
import { optionTable } from './options.ts'
import type { AddedOption } from './options.ts'

/** The help of the program: all commands. */
export const programHelp = (
  program: string,
  commands: readonly Command[],
  examples: Extension['examples'] = [],
): string => `\
Imports the contacts of your Microsoft 365 account to this device, up to 10,000.

Usage: ${program} <command> [options]

${columns(commands.map(({ name, summary }) => [name, summary]))}

${aligned([
  ['To use a real account:', 'import --client-id ID'],
  ...examples,
  ['Help for a command:', 'help <command>'],
])
  .map(([want, command]) => `${want} ${program} ${command}`)
  .join('\n')}

Results go to standard output, everything else to standard error; --json is for programs.
Exit code: 0 done, 1 failed or refused, 2 bad usage, 130 interrupted (129 closed, 143 terminated).
`

/** The help of one command: all its options. */
export const commandHelp = (
  program: string,
  { name, description, options }: Command,
  { additions, options: added }: Pick<Extension, 'additions' | 'options'> = { additions: {}, options: {} },
): string => {
  const addition = additions[name]
  const texts = addition?.help === undefined ? [description] : [description, addition.help]
  const table: Readonly<Record<string, AddedOption>> = { ...added, ...optionTable }
  const rows = [...options, ...(addition?.options ?? []), 'help'].map(
    (option) => [spelled(option, table[option]), table[option]?.help ?? ''] as const,
  )
  return `\
Usage: ${program} ${name} [options]

${texts.join('\n\n')}

Options:
${columns(rows)}

Exit code: 0 done, 1 failed or refused, 2 bad usage, 130 interrupted (129 closed, 143 terminated).
`
}

const spelled = (option: string, spec: AddedOption | undefined): string => {
  const short = option === 'help' ? '-h, ' : ''
  return spec?.type === 'string' ? `--${option} ${spec.value ?? ''}` : `${short}--${option}`
}

const aligned = (rows: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] => {
  const width = Math.max(...rows.map(([first]) => first.length))
  return rows.map(([first, second]) => [first.padEnd(width), second] as const)
}

const columns = (rows: readonly (readonly [string, string])[]): string =>
  aligned(rows)
    .map(([first, second]) => `  ${first}  ${second}`)
    .join('\n')
