import type { Command } from '../command.ts'
import type { Extension } from '../extension.ts'
import { padded, printable, unbroken, widthOf, wrapped } from '../output/wrap.ts'
import { optionTable } from './options.ts'
import type { AddedOption } from './options.ts'

/** Longer lines are hard to read, however wide the terminal is. */
const WIDEST = 100

/** In a narrower column, most lines would have a single word, so the texts go below the names instead. */
const NARROWEST_TEXT = 24

const exitCodes =
  'Exit code: 0 done, 1 failed or refused, 2 bad usage, 130 interrupted (129 closed, 131 quit, 143 terminated).'

/** The help of the program: all commands. `columns`: of the terminal. */
export const programHelp = (
  program: string,
  commands: readonly Command[],
  { examples = [], columns }: { readonly examples?: Extension['examples']; readonly columns?: number } = {},
): string => {
  const width = Math.min(columns ?? WIDEST, WIDEST)
  const wanted = [
    ['To use a real account:', 'import --client-id ID'],
    ...examples,
    ['Help for a command:', 'help <command>'],
  ] as const
  return laidOut(width, [
    'Imports the contacts of your Microsoft 365 account to this device, up to 10,000.',
    `Usage: ${unbroken(`${program} <command> [options]`)}`,
    table(
      commands.map(({ name, summary }) => [`  ${name}`, summary] as const),
      width,
    ),
    table(
      wanted.map(([want, command]) => [want, unbroken(`${program} ${command}`)] as const),
      width,
      1,
    ),
    'Results go to standard output, everything else to standard error; --json is for programs.',
    exitCodes,
  ])
}

/** The help of one command: all its options. `columns`: of the terminal. */
export const commandHelp = (
  program: string,
  { name, description, options, argument }: Command,
  { additions, options: added }: Pick<Extension, 'additions' | 'options'> = { additions: {}, options: {} },
  columns?: number,
): string => {
  const width = Math.min(columns ?? WIDEST, WIDEST)
  const addition = additions[name]
  const texts = addition?.help === undefined ? [description] : [description, addition.help]
  const known: Readonly<Record<string, AddedOption>> = { ...added, ...optionTable }
  const rows = [...options, ...(addition?.options ?? []), 'plain', 'help'].map(
    (option) => [`  ${spelled(option, known[option])}`, known[option]?.help ?? ''] as const,
  )
  return laidOut(width, [
    `Usage: ${unbroken([program, name, ...argumentOf(argument), '[options]'].join(' '))}`,
    ...texts.join('\n\n').split('\n\n').map(flowing),
    `Options:\n${table(rows, width)}`,
    exitCodes,
  ])
}

const argumentOf = (argument: Command['argument']): readonly string[] =>
  argument ? [argument.isRequired ? argument.value : `[${argument.value}]`] : []

const spelled = (option: string, spec: AddedOption | undefined): string => {
  const short = option === 'help' ? '-h, ' : ''
  const gap = spec?.bare === undefined ? ' ' : ''
  return spec?.type === 'string' ? `--${option}${gap}${spec.value ?? ''}` : `${short}--${option}`
}

const laidOut = (width: number, paragraphs: readonly string[]): string =>
  `${printable(wrapped(paragraphs.join('\n\n'), width))}\n`

/** Joins the lines of a paragraph, so that it can be wrapped at any width. Indented lines are examples and stay. */
const flowing = (paragraph: string): string => paragraph.replaceAll(/(?<=^\S.*)\n(?=\S)/gm, ' ')

/** Two columns, or the texts below the names if there is no space beside them. */
const table = (rows: readonly (readonly [string, string])[], width: number, gap = 2): string => {
  const names = Math.max(...rows.map(([name]) => widthOf(name))) + gap
  const isNarrow =
    width - names < NARROWEST_TEXT || rows.some(([, text]) => names + longestWord(text) > width)
  return rows
    .map(([name, text]) => {
      if (isNarrow) return `${name}\n${wrapped(`${indentOf(name)}  ${text}`, width)}`
      const [first = '', ...others] = wrapped(text, width - names).split('\n')
      return [padded(name, names) + first, ...others.map((line) => ' '.repeat(names) + line)].join('\n')
    })
    .join('\n')
}

const indentOf = (text: string): string => /^ */.exec(text)?.[0] ?? ''

const longestWord = (text: string): number => Math.max(...text.split(' ').map(widthOf))
