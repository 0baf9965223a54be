import { ownTenantOptions } from '../../src/shells/terminal/arguments/options.ts'
import type { AddedOption, AddedValue, Options } from '../../src/shells/terminal/arguments/options.ts'
import { didYouMean, nearest } from '../../src/shells/terminal/arguments/did-you-mean.ts'
import { UsageError } from '../../src/shells/terminal/arguments/usage-error.ts'

import { exampleOf, faultKinds, isFaultKind } from './fault-kinds.ts'

/** The options for the sandbox tenant. */
export const optionTable = {
  contacts: { type: 'string', value: 'N', help: 'sandbox: how many contacts the mailbox holds (1240)' },
  seed: { type: 'string', value: 'N', help: 'sandbox: a different number invents different people (1)' },
  edits: {
    type: 'string',
    value: 'N',
    help: 'sandbox: number of changes in the mailbox before the refresh (0)',
  },
  latency: { type: 'string', value: 'MS', help: 'sandbox: milliseconds before each answer (0)' },
  fault: {
    type: 'string',
    multiple: true,
    value: 'JSON',
    help: 'sandbox: a fault to simulate, of a kind listed above; may be repeated',
  },
  robot: {
    type: 'string',
    value: 'WHAT',
    help: 'sandbox: what the robot does: accept (default), decline or abandon',
  },
  interactive: { type: 'boolean', help: 'sandbox: sign in yourself in your browser instead of the robot' },
  'spa-redirect': {
    type: 'string',
    multiple: true,
    value: 'URL',
    help: 'register this page as one that may sign in (single-page application); may be repeated',
  },
  web: {
    type: 'boolean',
    help: 'also serve the page of the web shell, open it, and show there what goes wrong; --port is then its port',
  },
} as const satisfies Readonly<Record<string, AddedOption>>

type OptionName = keyof typeof optionTable

/** The options for the mailbox and its service. */
export const serviceOptions = [
  'contacts',
  'seed',
  'latency',
  'fault',
] as const satisfies readonly OptionName[]

/** The options for changes in the mailbox since the last import. */
export const laterOptions = ['edits'] as const satisfies readonly OptionName[]

/** The options for the sign-in. */
export const signInOptions = ['robot', 'interactive'] as const satisfies readonly OptionName[]

/** The settings of the sandbox tenant; undefined: its default. */
export interface SandboxChoices {
  readonly contacts: number | undefined
  readonly seed: number | undefined
  /** Contacts that are added, changed and removed before anything is read. */
  readonly edits: number | undefined
  /** Milliseconds. */
  readonly latency: number | undefined
  /** Fault rules as typed: the sandbox checks them. */
  readonly faults: readonly unknown[]
  readonly robot: 'accept' | 'decline' | 'abandon' | undefined
  readonly interactive: boolean
  readonly port: number | undefined
  /** The addresses of pages that may sign in. */
  readonly spaRedirects: readonly string[]
  /** Whether the page of the web shell is served as well. */
  readonly web: boolean
}

/** Reads the settings. Throws `UsageError` for values that cannot be used. */
export const sandboxChoices = ({ added, port }: Pick<Options, 'added' | 'port'>): SandboxChoices => {
  const wholeNumber = (name: OptionName, most?: number) => wholeNumberIn(name, added[name], most)
  return {
    contacts: wholeNumber('contacts', 1_000_000),
    seed: wholeNumber('seed'),
    edits: wholeNumber('edits', 1_000_000),
    latency: wholeNumber('latency', 600_000),
    faults: [added.fault ?? []].flat().map(fault),
    robot: robot(added.robot),
    interactive: added.interactive === true,
    port,
    spaRedirects: [added['spa-redirect'] ?? []].flat().map(spaRedirect),
    web: added.web === true,
  }
}

/** Throws `UsageError` for settings that cannot be used, or not together with the other options. */
export const checkSandboxOptions = (
  given: readonly string[],
  options: Pick<Options, 'added' | 'port'>,
): void => {
  sandboxChoices(options)
  const own = given.find((name) => ownTenantOptions.includes(name))
  const simulated = given.find((name) => name in optionTable)
  if (own && simulated)
    throw new UsageError(`Option --${simulated} is for the sandbox tenant and cannot be used with --${own}.`)
  if (given.includes('interactive') && given.includes('robot'))
    throw new UsageError('Use either --interactive or --robot, not both.')
}

const wholeNumberIn = (name: OptionName, text: AddedValue, most = Number.MAX_SAFE_INTEGER) => {
  if (text === undefined) return undefined
  const number = typeof text === 'string' && /^\d+$/.test(text) ? Number(text) : NaN
  if (!(number <= most)) throw new UsageError(`Option --${name} must be a whole number from 0 to ${most}.`)
  return number
}

/** The part of the help that lists the kinds of faults. */
export const faultHelp = `Kinds of --fault: ${faultKinds.join(', ')}. Each is JSON, such as '${exampleOf('status')}'; to affect
only some requests, add "match", "skip" and "times".`

const fault = (text: string | boolean): unknown => {
  const typed = String(text)
  const value = parsed(typed)
  const kind: unknown = typeof value === 'string' ? value : Reflect.get(Object(value), 'kind')
  if (typeof kind === 'string' && !isFaultKind(kind)) {
    const meant = nearest(kind, faultKinds)
    const list = meant === null ? ` Its kinds are ${faultKinds.join(', ')}.` : didYouMean(meant)
    if (meant !== null || typeof value === 'object')
      throw new UsageError(`The sandbox does not know this fault: "${kind}".${list}`)
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  const example = exampleOf(typeof kind === 'string' && isFaultKind(kind) ? kind : 'status')
  throw new UsageError(`Option --fault must be JSON, such as '${example}'.`)
}

const ownHosts = ['localhost', '127.0.0.1']

/** The sandbox compares it exactly, so it stays as it was typed. */
const spaRedirect = (text: string | boolean): string => {
  const typed = String(text)
  const address = URL.canParse(typed) ? new URL(typed) : null
  if (address?.protocol === 'http:' && ownHosts.includes(address.hostname) && !typed.includes('#'))
    return typed
  throw new UsageError(
    'Option --spa-redirect must be an http address of localhost or 127.0.0.1 without #, such as http://localhost:5173/.',
  )
}

/** Text that is not JSON stays text. */
const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const decisions = ['accept', 'decline', 'abandon'] as const

const robot = (text: AddedValue) => {
  if (text === undefined) return undefined
  const decision = decisions.find((each) => each === text)
  if (decision) return decision
  throw new UsageError(
    `Option --robot must be accept, decline or abandon.${didYouMean(nearest(String(text), decisions))}`,
  )
}
