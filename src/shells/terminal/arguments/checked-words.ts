import { parseArgs } from 'node:util'
import { didYouMean, nearest } from './did-you-mean.ts'
import type { AddedOption } from './options.ts'
import { UsageError } from './usage-error.ts'

type Word = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number]

/**
 * Reads the words of a command line, and checks that each option exists, has a value if and only if it takes one, and does
 * not have two values. Throws `UsageError`. `parseArgs` finds most of these mistakes, but its messages explain the syntax of
 * `parseArgs`, not the mistake.
 *
 * @param options all options
 * @param taken the names of the options that the command takes: only these are suggested
 */
export const checkedWords = (
  args: readonly string[],
  options: Readonly<Record<string, AddedOption & { readonly short?: string }>>,
  taken: readonly string[] = Object.keys(options),
): readonly Word[] => {
  const values = new Map<string, string>()
  const { tokens } = parseArgs({
    args: [...args],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const { name, value, inlineValue } = token
    const option = Object.hasOwn(options, name) ? options[name] : undefined
    if (!option) {
      const [typed = ''] = (args[token.index] ?? '').split('=')
      const meant = nearest(typed, taken)
      throw new UsageError(`Unknown option ${typed}.${didYouMean(meant === null ? null : `--${meant}`)}`)
    }
    if (option.type === 'boolean') {
      if (value !== undefined) throw new UsageError(`Option --${name} takes no value.`)
      continue
    }
    if (value === undefined || value === '') throw new UsageError(`Option --${name} needs a value.`)
    // A negative number is an invalid number, not a missing value.
    if (!inlineValue && /^-[^\d]/.test(value))
      throw new UsageError(
        `Option --${name} needs a value. If "${value}" is meant as the value, write --${name}=${value}.`,
      )
    const other = values.get(name)
    if (option.multiple !== true && other !== undefined && other !== value)
      throw new UsageError(`Option --${name} was given twice, with different values.`)
    values.set(name, value)
  }
  return tokens
}
