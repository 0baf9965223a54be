import { parseArgs } from 'node:util'
import { isLoopbackHost } from '../../../formats/loopback-host.ts'
import { checkedWords } from './checked-words.ts'
import { didYouMean, nearest } from './did-you-mean.ts'
import { fileOption } from './file-option.ts'
import { namedSources, ON_PAGE, optionTable } from './options.ts'
import type { AddedOption, NamedSource, OptionName, Options } from './options.ts'
import { UsageError } from './usage-error.ts'

/** A parsed command line. */
export interface Typed {
  /** The first word that is not an option; after `help`, the second. */
  readonly command: string | undefined
  /** The words after it. */
  readonly words: readonly string[]
  readonly help: boolean
  readonly version: boolean
  /** The names of the options that were given. */
  readonly given: readonly string[]
  readonly options: Options
}

/**
 * Reads a command line (without the program's name). Throws `UsageError`.
 *
 * @param added options of an extension
 * @param taken the names of the options that the command takes, to be suggested; undefined: all
 */
export const parseOptions = (
  args: readonly string[],
  added: Readonly<Record<string, AddedOption>> = {},
  taken?: readonly string[],
): Typed => {
  const { values, positionals } = parsed(args, added, taken)
  const [first, ...others] = positionals
  const isHelp = first === 'help'
  const [command, ...words] = isHelp ? others : positionals
  if (isHelp || command === 'version') refuseWords(words)
  return {
    command: command === 'version' ? undefined : command,
    words,
    help: isHelp || values.help === true,
    version: command === 'version' || values.version === true,
    given: Object.keys(values),
    options: {
      source: source(values.source),
      file: fileOption('file', values.file),
      store: fileOption('store', values.store),
      clientId: values['client-id'],
      clientSecret: values['client-secret'],
      tenant: values.tenant,
      authority: address('authority', values.authority),
      graphUrl: address('graph-url', values['graph-url']),
      peopleUrl: address('people-url', values['people-url']),
      tokenFile: fileOption('token-file', values['token-file']),
      deviceCode: values['device-code'] === true,
      extendedProperties: values['extended-properties'] === true,
      held: values.held === true,
      all: values.all === true,
      delete: values.delete === true,
      json: values.json === true,
      report: values.report === '-' ? '-' : fileOption('report', values.report),
      changes: values.changes === true,
      format: values.format,
      vcardVersion: values['vcard-version'],
      out: values.out === '-' ? undefined : fileOption('out', values.out),
      force: values.force === true,
      undo: values.undo === true,
      country: country(values.country),
      port: port(values.port),
      inspect: inspectorAddress(values.inspect),
      inspectsOnPage: values.inspect === ON_PAGE,
      added: Object.fromEntries(Object.entries(values).filter(([name]) => name in added)),
    },
  }
}

/** Throws `UsageError` if there is a word. */
export const refuseWords = ([unexpected]: readonly string[]): void => {
  if (unexpected !== undefined) throw new UsageError(`Unexpected argument "${unexpected}".`)
}

const parsed = (
  given: readonly string[],
  added: Readonly<Record<string, AddedOption>>,
  taken: readonly string[] | undefined,
) => {
  const options = { ...added, ...optionTable }
  const args = withBareValues(given, options)
  // Passes `--contacts -5` as `--contacts=-5`, which is not ambiguous.
  const inline = checkedWords(args, options, taken).map((word) => {
    if (word.kind === 'positional') return word.value
    if (word.kind === 'option-terminator') return '--'
    return word.value === undefined ? `--${word.name}` : `--${word.name}=${word.value}`
  })
  return parseArgs({ args: inline, options, allowPositionals: true, strict: true })
}

/** Adds the default value: `parseArgs` would read the next word as the value of an option whose value is optional. */
const withBareValues = (
  args: readonly string[],
  options: Readonly<Record<string, AddedOption>>,
): readonly string[] => {
  const end = args.includes('--') ? args.indexOf('--') : args.length
  return args.map((arg, index) => {
    const bare = arg.startsWith('--') && index < end ? options[arg.slice(2)]?.bare : undefined
    return bare === undefined ? arg : `${arg}=${bare}`
  })
}

/** States and times are sent to this address. An inspector on another machine needs encryption. */
const inspectorAddress = (text: string | undefined): string | undefined => {
  if (text === undefined || text === ON_PAGE) return undefined
  const url = URL.canParse(text) ? new URL(text) : null
  const { protocol = '', hostname = '', username = '', password = '' } = url ?? {}
  const isPlain = protocol === 'ws:' || protocol === 'http:'
  const isEncrypted = protocol === 'wss:' || protocol === 'https:'
  if (url !== null && username + password === '' && (isEncrypted || (isPlain && isLoopbackHost(hostname)))) {
    // A WebSocket has no fragment (RFC 6455, section 3).
    url.hash = ''
    return url.href.replace(/^http/, 'ws')
  }
  throw new UsageError(
    'Option --inspect has no address, or that of an XState inspector after =: ws:// or http:// on this machine, wss:// or https:// elsewhere, without a user name or password.',
  )
}

const source = (text: string | undefined): NamedSource | undefined => {
  const named = namedSources.find((name) => name === text)
  if (named || text === undefined) return named
  throw new UsageError(
    `Option --source must be ${namedSources.slice(0, -1).join(', ')} or ${namedSources.at(-1) ?? ''}.${didYouMean(nearest(text, namedSources))}`,
  )
}

const port = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined
  if (/^\d+$/.test(text) && Number(text) <= 65_535) return Number(text)
  throw new UsageError('Option --port must be a whole number from 0 to 65535.')
}

const country = (text: string | undefined): string | undefined => {
  if (text === undefined) return undefined
  if (/^[a-z]{2}$/i.test(text)) return text.toUpperCase()
  throw new UsageError('Option --country must be the two letters of a country, such as US or GB.')
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
