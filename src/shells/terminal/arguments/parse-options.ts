import { parseArgs } from 'node:util'
import { isLoopbackHost } from '../../../formats/loopback-host.ts'
import { optionTable } from './options.ts'
import type { AddedOption, OptionName, Options } from './options.ts'
import { UsageError } from './usage-error.ts'

/** A parsed command line. */
export interface Typed {
  /** The first word that is not an option; after `help`, the second. */
  readonly command: string | undefined
  readonly help: boolean
  readonly version: boolean
  /** The names of the options that were given. */
  readonly given: readonly string[]
  readonly options: Options
}

/** Reads a command line (without the program's name); `added` are options of an extension. Throws `UsageError`. */
export const parseOptions = (
  args: readonly string[],
  added: Readonly<Record<string, AddedOption>> = {},
): Typed => {
  const { values, positionals } = parsed(args, added)
  const [first, ...others] = positionals
  const isHelp = first === 'help'
  const [command, unexpected] = isHelp ? others : positionals
  if (unexpected !== undefined) throw new UsageError(`Unexpected argument "${unexpected}".`)
  for (const [name, value] of Object.entries(values))
    if (value === '') throw new UsageError(`Option --${name} needs a value.`)
  if (values.source !== undefined && values.source !== 'microsoft365')
    throw new UsageError('Option --source must be microsoft365: contacts of other sources come later.')
  return {
    command: command === 'version' ? undefined : command,
    help: isHelp || values.help === true,
    version: command === 'version' || values.version === true,
    given: Object.keys(values),
    options: {
      store: values.store,
      clientId: values['client-id'],
      tenant: values.tenant,
      authority: address('authority', values.authority),
      graphUrl: address('graph-url', values['graph-url']),
      tokenFile: values['token-file'],
      deviceCode: values['device-code'] === true,
      extendedProperties: values['extended-properties'] === true,
      held: values.held === true,
      all: values.all === true,
      delete: values.delete === true,
      json: values.json === true,
      changes: values.changes === true,
      inspect: values.inspect === true,
      added: Object.fromEntries(Object.entries(values).filter(([name]) => name in added)),
    },
  }
}

const parsed = (args: readonly string[], added: Readonly<Record<string, AddedOption>>) => {
  try {
    const options = { ...added, ...optionTable }
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    // The first sentence names the mistake; the rest explains the syntax of arguments.
    const [sentence = ''] = (error instanceof Error ? error.message : '').split(/\.\s|\n/)
    throw new UsageError(`${sentence.replace(/\.$/, '')}.`)
  }
}

/** Tokens are sent to these addresses, so plain http is allowed on this machine only. */
const address = (name: OptionName, text: string | undefined): string | undefined => {
  if (text === undefined) return undefined
  const { protocol, hostname } = URL.canParse(text) ? new URL(text) : { protocol: '', hostname: '' }
  if (protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname))) return text
  throw new UsageError(
    `Option --${name} must be an https:// address; http:// is allowed on this machine only.`,
  )
}
