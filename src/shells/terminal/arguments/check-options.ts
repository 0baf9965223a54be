import type { Command } from '../command.ts'
import { ownTenantOptions, type NamedSource } from './options.ts'
import { refuseWords } from './parse-options.ts'
import { UsageError } from './usage-error.ts'

/** The options that every command takes. */
export const optionsOfAll: readonly string[] = ['help', 'version', 'source', 'plain']

/** Commands about contacts of two sources. */
const comparing: readonly string[] = ['duplicates', 'same', 'not-same']

/** The options that only one service has. */
const microsofts: readonly string[] = ['tenant', 'graph-url', 'device-code', 'extended-properties']
const googles: readonly string[] = ['client-secret', 'people-url']

/**
 * Checks that the options fit the command and each other. `added` are the options that an extension adds to the
 * command. Throws `UsageError` if they do not fit.
 */
export const checkOptions = (
  command: Command,
  given: readonly string[],
  added: readonly string[] = [],
  source?: NamedSource,
): void => {
  const taken: readonly string[] = [...command.options, ...added, ...optionsOfAll]
  const stranger = given.find((name) => !taken.includes(name))
  if (stranger) throw new UsageError(`Option --${stranger} cannot be used with the command ${command.name}.`)
  if (given.includes('source') && comparing.includes(command.name))
    throw new UsageError(
      `Option --source cannot be used with the command ${command.name}, which is about contacts of two sources.`,
    )

  if (given.includes('file') && source !== 'outlook')
    throw new UsageError('Option --file also needs --source outlook.')
  // A refresh reads the file of the last import.
  if (source === 'outlook' && ['import', 'restart'].includes(command.name) && !given.includes('file'))
    throw new UsageError('Option --source outlook also needs --file FILE: what Outlook exported.')
  const foreign = given.find((name) => added.includes(name) || ownTenantOptions.includes(name))
  if (source === 'outlook' && foreign !== undefined)
    throw new UsageError(`Option --${foreign} cannot be used with --source outlook.`)
  const other = given.find((name) => (source === 'google' ? microsofts : googles).includes(name))
  if (source !== 'outlook' && other !== undefined)
    throw new UsageError(
      source === 'google'
        ? `Option --${other} cannot be used with --source google.`
        : `Option --${other} also needs --source google.`,
    )
  const own = given.find((name) => ownTenantOptions.includes(name))
  if (own && !given.includes('client-id') && !given.includes('token-file'))
    throw new UsageError(`Option --${own} also needs --client-id ID or --token-file FILE.`)
  if (given.includes('delete') && !given.includes('all'))
    throw new UsageError('Option --delete deletes the contacts of every account, so it also needs --all.')
  if (given.includes('all') && given.includes('source'))
    throw new UsageError('Use either --all or --source, not both.')
  if (given.includes('token-file') && given.includes('device-code'))
    throw new UsageError('Use either --token-file or --device-code, not both.')
}

/** Checks that the command takes the words that follow it. Throws `UsageError` if it does not. */
export const checkWords = ({ name, argument }: Command, words: readonly string[]): void => {
  const { count = 1 } = argument ?? {}
  if (argument?.isRequired && words.filter((word) => word.trim() !== '').length < count)
    throw new UsageError(`The command ${name} needs ${argument.what}: ${name} ${argument.value}.`)
  if (!argument?.isText) refuseWords(words.slice(argument ? count : 0))
}
